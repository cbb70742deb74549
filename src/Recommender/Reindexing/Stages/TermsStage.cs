using Recommender.Articles;
using Recommender.Models;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Reindexing.Stages;

/// <summary>Chooses each article's terms by what the whole site has.</summary>
internal sealed class TermsStage(ArticleTable articles, ModelTable models, SiteGates gates) : IBlockStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Terms;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation) => run.Worths = await models.GetAsync(run.Site, PlanningStage.CountsName, cancellation) is { } bytes
        ? TermCounts.FromBytes(bytes)
        : throw new InvalidDataException("The counts of terms that the run began with are gone.");

    /// <inheritdoc/>
    public async Task WorkAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        // Chosen while publishing goes on.
        var selected = (await articles.ReadAsync(run.Site, ids, cancellation)).AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(article => (Article: article, Terms: TermSelection.Select(TermAnalyzer.Analyse(article.Article!), run.Worths!)))
            .Where(choice => !choice.Terms.Equals(choice.Article.Terms))
            .Select(choice => choice.Article with { Terms = choice.Terms })
            .ToList();
        using var _ = await gates.EnterAsync(run.Site, cancellation);
        await articles.WriteAsync(run, selected, (now, chosen) => now with { Terms = chosen.Terms }, cancellation);
    }

    /// <inheritdoc/>
    public Task HearAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation) => articles.HearAsync(run, ids, cancellation);

    /// <inheritdoc/>
    public Task EndAsync(RunContext run, CancellationToken cancellation)
    {
        // A hundred megabytes among a million articles, which no later stage needs.
        run.Worths = null;
        return Task.CompletedTask;
    }
}
