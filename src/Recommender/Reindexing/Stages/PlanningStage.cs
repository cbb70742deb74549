using Recommender.Articles;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Reindexing.Stages;

/// <summary>
/// Decides what is to be done, divides these articles into blocks, by topic and month, and counts how common terms are: in whole texts, for what the index knows only of terms that were kept, and in the
/// index. What was counted is kept, so that whoever works on a block, and whenever, chooses terms by the same.
/// </summary>
internal sealed class PlanningStage(
    ArticleTable articles, SiteIndexes indexes, ModelTable models, RunBlockTable blocks, RunMarks marks, IndexPacks packs, ChangeFollower changes, TimeProvider time) : IRunStage
{
    /// <summary>Name of the model that holds the counts.</summary>
    public const string CountsName = "run-terms";

    private const int BlockSize = 256;

    /// <inheritdoc/>
    public RunStage Stage => RunStage.Planning;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
        var begun = time.GetUtcNow();
        var changed = run.Progress!.Run.Scope is RunScope.Whole ? null : await marks.OpenAsync(run.Site, run.Index, cancellation);
        if (changed is null)
        {
            await marks.DeleteAsync(run.Site, cancellation);
            await packs.ForgetAsync(run.Site, cancellation);
            await indexes.LearnAsync(run.Site, await CountAsync(run.Site, run.Index.Ids, cancellation), cancellation);
            await changes.AnnounceAsync(run.Site, new Change { Models = true }, cancellation);
            run.Index.Measure();
        }

        await models.PutAsync(run.Site, CountsName, run.Index.CountTerms().ToBytes(), cancellation);
        IReadOnlyList<ArticleOutline> all = changed is null ? run.Index.Outlines : [.. changed.Select(run.Index.Outline).OfType<ArticleOutline>()];
        await blocks.PutAsync(run.Site, run.RunId, Divide(all), cancellation);
        run.Scope = changed is null ? RunScope.Whole : RunScope.Changed;
        await run.Progress.UpdateAsync(
            of => of with { Scope = of.Scope ?? run.Scope, ListsBegan = run.IsOfChanged ? begun : null, Total = Run.StepsPerArticle * all.Count, Done = 0 }, cancellation);
        if (run.Progress.Run.Scope != run.Scope)
        {
            // Somebody asked for all in this moment.
            await BeginAsync(run, cancellation);
        }
    }

    /// <summary>Blocks of articles that are near each other in topic and time.</summary>
    internal static IReadOnlyList<RunBlock> Divide(IEnumerable<ArticleOutline> all) => [.. all
        .Select(article => (article.Id, Topic: article.Topics.Count == 0 ? "" : article.Topics[0], article.Published))
        .OrderBy(article => article.Topic, StringComparer.Ordinal)
        .ThenBy(article => article.Published)
        .ThenBy(article => article.Id, StringComparer.Ordinal)
        .Chunk(BlockSize)
        .Select((block, number) => new RunBlock(number, Name(Part(block[0]), Part(block[^1])), [.. block.Select(article => article.Id)]))];

    private static string Part((string Id, string Topic, DateTimeOffset Published) article) => $"{(article.Topic.Length == 0 ? "unfiled" : article.Topic)} {article.Published.UtcDateTime:yyyy-MM}";

    private static string Name(string first, string last) => first == last ? first : $"{first} to {last}";

    private async Task<TermShares> CountAsync(Site site, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var step = Math.Max(1, (ids.Count + TermShares.MostArticles - 1) / TermShares.MostArticles);
        var terms = new List<HashSet<uint>>();
        foreach (var block in ids.Where((_, place) => place % step == 0).Chunk(BlockSize))
        {
            terms.AddRange((await articles.ReadAsync(site, block, cancellation)).AsParallel().AsOrdered().WithCancellation(cancellation)
                .Select(article => TermAnalyzer.Analyse(article.Article!).Terms.Select(PackedTerms.Identity).ToHashSet()));
        }

        return TermShares.Of(terms);
    }
}
