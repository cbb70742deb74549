using Recommender.Articles;
using Recommender.Changes;
using Recommender.Ranking.Learning;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Text;
using Recommender.Threads;
using Recommender.Topics;

namespace Recommender.Reindexing;

/// <summary>
/// Chooses every article's terms anew by what the whole site has, finds all threads anew in order of publication, and writes every list anew. It goes block by block and lets publishing in between,
/// and each list is replaced whole, so readers see the old one or the new one. A run that was interrupted is done again from its start.
/// </summary>
public sealed class Reindexer(
    ArticleTable articles,
    SiteIndexes indexes,
    NeighbourTable neighbours,
    NeighbourUpdate update,
    PlacingRuns placings,
    RankerLearning rankers,
    TopicFiling topics,
    ThreadUpdate threads,
    ChangeFollower changes,
    SiteGates gates,
    RunTable runs,
    TimeProvider time)
{
    private const int BlockSize = 256;
    private const int MostErrors = 20;

    /// <summary>Records a new run, without working on it yet. When one is under way, that one is returned.</summary>
    public Task<Run> StartAsync(Site site, CancellationToken cancellation = default) => runs.StartAsync(site, cancellation);

    /// <summary>A run as it stands; null when there is none of that id.</summary>
    public Task<Run?> GetAsync(Site site, string runId, CancellationToken cancellation = default) => runs.GetAsync(site, runId, cancellation);

    /// <summary>The run that was asked for and has not ended; null when there is none.</summary>
    public Task<Run?> FindActiveAsync(Site site, CancellationToken cancellation = default) => runs.FindActiveAsync(site, cancellation);

    /// <summary>Works on a run until it has ended, and returns it. <paramref name="progress"/> is told after each block.</summary>
    /// <exception cref="ArgumentException">There is no such run.</exception>
    public async Task<Run> ExecuteAsync(Site site, string runId, IProgress<Run>? progress = null, CancellationToken cancellation = default)
    {
        var run = await runs.GetAsync(site, runId, cancellation) ?? throw new ArgumentException($"There is no run '{runId}'.", nameof(runId));
        if (run.Ended is not null)
        {
            return run;
        }

        run = run with { State = RunState.Running, Started = time.GetUtcNow(), Done = 0 };
        try
        {
            run = await WorkAsync(site, run, progress, cancellation);
            run = run with { State = RunState.Succeeded };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            run = run with { State = RunState.Failed, Errors = [.. run.Errors.TakeLast(MostErrors - 1), failure.Message] };
        }

        run = run with { Ended = time.GetUtcNow() };
        await runs.PutAsync(site, run, cancellation);
        progress?.Report(run);
        return run;
    }

    /// <summary>Ends a run that has not ended, with a reason. False when it has, or there is none of that id.</summary>
    public async Task<bool> GiveUpAsync(Site site, string runId, string reason, CancellationToken cancellation = default)
    {
        if (await runs.GetAsync(site, runId, cancellation) is not { Ended: null } run)
        {
            return false;
        }

        await runs.PutAsync(site, run with { State = RunState.Failed, Ended = time.GetUtcNow(), Errors = [.. run.Errors.TakeLast(MostErrors - 1), reason] }, cancellation);
        return true;
    }

    private async Task<Run> WorkAsync(Site site, Run run, IProgress<Run>? progress, CancellationToken cancellation)
    {
        // What other processes published counts too.
        await changes.CatchUpAsync(site, cancellation);
        var index = await indexes.GetAsync(site);
        var ids = index.Ids;

        await indexes.LearnAsync(site, await CountTermsAsync(site, ids, cancellation), cancellation);
        await changes.AnnounceAsync(site, new Change { Models = true }, cancellation);

        // Terms first, for all: only then are the frequencies what subjects are learned from, and these what lists are made from. So each article takes three steps.
        run = run with { Total = Run.StepsPerArticle * ids.Count };
        foreach (var block in ids.Chunk(BlockSize))
        {
            using (await gates.EnterAsync(site, cancellation))
            {
                await SelectTermsAsync(site, index, block, cancellation);
            }

            run = await ReportAsync(site, run, block.Length, progress, cancellation);
        }

        index.Measure();
        run = run.With(await topics.RunAsync(site, cancellation));
        var placing = await placings.BeginAsync(
            site, index, async figures => run = await ReportAsync(site, run.With(figures), 0, progress, cancellation), cancellation);
        foreach (var block in ids.Chunk(BlockSize))
        {
            await placing.PrepareAsync(await ReadAsync(site, block, cancellation), cancellation);
            using (await gates.EnterAsync(site, cancellation))
            {
                await PlaceAsync(site, index, block, placing, cancellation);
            }

            run = await ReportAsync(site, run.With(placing.Figures), block.Length, progress, cancellation);
        }

        run = run.With(placing.Figures) with { Errors = [.. run.Errors, .. placing.Error is { } error ? [error] : Array.Empty<string>()] };
        var found = ThreadReplay.Run(index, [ThreadSettings.Default], cancellation: cancellation)[0];
        using (await gates.EnterAsync(site, cancellation))
        {
            ThreadUpdate.Adopt(index, found);
            await changes.AnnounceAsync(site, await threads.WriteAsync(site, index, new HashSet<string>(), cancellation), cancellation);
        }

        foreach (var block in ids.Chunk(BlockSize))
        {
            using (await gates.EnterAsync(site, cancellation))
            {
                var pages = (await ReadAsync(site, block, cancellation)).Select(stored => stored.Article!.Card).ToList();
                await update.RebuildAsync(site, index, pages, cancellation);
                await changes.AnnounceAsync(site, new Change { Lists = block }, cancellation);
            }

            run = await ReportAsync(site, run, block.Length, progress, cancellation);
        }

        var orphans = (await neighbours.IdsAsync(site, cancellation)).Except(index.Ids).ToList();
        await neighbours.DeleteAsync(site, orphans, cancellation);
        return run.With(await rankers.LearnAsync(site, index, run.Id, cancellation));
    }

    private async Task PlaceAsync(Site site, SimilarityIndex index, IReadOnlyList<string> ids, IPlacingRun placing, CancellationToken cancellation)
    {
        var placed = (await ReadAsync(site, ids, cancellation))
            .Where(article => article.Terms is not null)
            .Select(article => (Article: article, Place: placing.PlaceOf(article)))
            .Where(article => article.Place != new LatentPlace(article.Article.Latent, article.Article.Embedded))
            .Select(article => article.Article with { Latent = article.Place.Vector, Embedded = article.Place.Embedded })
            .ToList();
        foreach (var article in await articles.WriteAsync(site, placed, cancellation))
        {
            SiteIndexes.Put(index, article.Id, article);
        }
    }

    private async Task<TermShares> CountTermsAsync(Site site, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var step = Math.Max(1, (ids.Count + TermShares.MostArticles - 1) / TermShares.MostArticles);
        var terms = new List<HashSet<uint>>();
        foreach (var block in ids.Where((_, place) => place % step == 0).Chunk(BlockSize))
        {
            terms.AddRange((await ReadAsync(site, block, cancellation)).AsParallel().AsOrdered().WithCancellation(cancellation)
                .Select(article => TermAnalyzer.Analyse(article.Article!).Terms.Select(PackedTerms.Identity).ToHashSet()));
        }

        return TermShares.Of(terms);
    }

    private async Task SelectTermsAsync(Site site, SimilarityIndex index, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var stored = await ReadAsync(site, ids, cancellation);
        var selected = stored.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(article => (Article: article, Terms: TermSelection.Select(TermAnalyzer.Analyse(article.Article!), index)))
            .Where(choice => !choice.Terms.Equals(choice.Article.Terms))
            .Select(choice => choice.Article with { Terms = choice.Terms })
            .ToList();
        foreach (var article in await articles.WriteAsync(site, selected, cancellation))
        {
            SiteIndexes.Put(index, article.Id, article);
        }
    }

    private async Task<List<StoredArticle>> ReadAsync(Site site, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var stored = await Task.WhenAll(ids.Select(id => articles.GetAsync(site, id, cancellation)));
        return [.. stored.OfType<StoredArticle>().Where(article => article.Article is not null)];
    }

    private async Task<Run> ReportAsync(Site site, Run run, int done, IProgress<Run>? progress, CancellationToken cancellation)
    {
        var seconds = (time.GetUtcNow() - run.Started!.Value).TotalSeconds;
        run = run with { Done = run.Done + done };
        run = run with { Rate = seconds > 0 ? Math.Round(run.Done / seconds, 1) : 0 };
        await runs.PutAsync(site, run, cancellation);
        progress?.Report(run);
        return run;
    }
}
