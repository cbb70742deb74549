using Recommender.Articles;
using Recommender.Reindexing.Placing;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing.Stages;

/// <summary>Places each article among the site's subjects.</summary>
internal sealed class PlacesStage(ArticleTable articles, PlacingRuns placings, SiteGates gates) : IBlockStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Places;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
        if (!run.IsOfChanged)
        {
            run.Index.Measure();
        }

        run.Placing = run.Progress is null || run.IsOfChanged
            ? await placings.JoinAsync(run.Site, cancellation)
            : await placings.BeginAsync(run.Site, run.Index, figures => run.TellAsync(figures, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public async Task WorkAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        // Placed while publishing goes on.
        var block = await articles.ReadAsync(run.Site, ids, cancellation);
        await run.Placing!.PrepareAsync(block, cancellation);
        var placed = block.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Where(article => article.Terms is not null)
            .Select(article => (Article: article, Place: run.Placing.PlaceOf(article)))
            .Where(article => article.Place != new LatentPlace(article.Article.Latent, article.Article.Embedded))
            .Select(article => article.Article with { Latent = article.Place.Vector, Embedded = article.Place.Embedded })
            .ToList();
        using (await gates.EnterAsync(run.Site, cancellation))
        {
            await articles.WriteAsync(run, placed, (now, chosen) => now with { Latent = chosen.Latent, Embedded = chosen.Embedded }, cancellation);
        }

        await run.TellAsync(run.Placing.Figures, cancellation);
    }

    /// <inheritdoc/>
    public Task HearAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation) => articles.HearAsync(run, ids, cancellation);

    /// <inheritdoc/>
    public Task EndAsync(RunContext run, CancellationToken cancellation) =>
        run.Placing!.Error is { } error ? run.Progress!.UpdateAsync(of => of.Errors.Contains(error) ? of : of with { Errors = [.. of.Errors, error] }, cancellation) : Task.CompletedTask;
}
