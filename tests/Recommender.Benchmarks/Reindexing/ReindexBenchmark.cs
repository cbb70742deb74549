using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.MoreLikeThis;
using Recommender.Benchmarks.Running;
using Recommender.Cli.Terminals;
using Recommender.Reindexing;
using Recommender.Similarity;

namespace Recommender.Benchmarks.Reindexing;

/// <summary>Measures whole reindex runs on the embedded store: against the same lists by Lucene.Net's MoreLikeThis, and how the time grows with the site.</summary>
internal sealed class ReindexBenchmark(Terminal terminal) : Benchmark(
    "reindex", "Measures whole reindex runs on SQLite: against the same lists by Lucene.Net's MoreLikeThis, which stores none, and how time grows with the site.", 20_000, 2_000, terminal)
{
    private const int Growth = 4;
    private const int LuceneListed = 1_000;

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        var (_, before, _, _) = await RunAsync(count / Growth, cancellation);
        var (import, reindex, stages, bytes) = await RunAsync(count, cancellation);
        var lucene = Lucene(count);
        figures.Add("import_seconds", import, $"import of {count} articles into an empty store");
        figures.Add("reindex_seconds", reindex, "a whole reindex of them");
        foreach (var (stage, seconds) in stages)
        {
            figures.Add($"reindex_{stage.ToString().ToLowerInvariant()}_seconds", seconds, $"of these: {stage.Words()}");
        }

        figures.Add("lucene_seconds", lucene, $"their index and lists of {NeighbourList.Capacity} by MoreLikeThis, 50 terms, by what {Math.Min(LuceneListed, count)} of them take");
        figures.Add("reindex_vs_lucene_mlt", lucene / reindex, "how many times faster the reindex is");
        figures.Add("growth_exponent", Math.Log(reindex / before) / Math.Log(Growth), $"of the reindex, from {count / Growth} articles on; 1 is linear");
        figures.Add("store_bytes_per_article", bytes / (double)count, "bytes of the store for each article");
    }

    private async Task<(double Import, double Reindex, IReadOnlyList<(RunStage Stage, double Seconds)> Stages, long Bytes)> RunAsync(int count, CancellationToken cancellation)
    {
        Terminal.Note($"reindexing {count} articles");
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        var begun = Stopwatch.GetTimestamp();
        await engine.ImportAsync(count, withLists: true, cancellation);
        var import = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        var reindexer = engine.Services.GetRequiredService<Reindexer>();
        var stages = new StageTimes();
        begun = Stopwatch.GetTimestamp();
        var run = await reindexer.ExecuteAsync(GeneratedArticles.Site, (await reindexer.StartAsync(GeneratedArticles.Site, cancellation)).Id, stages, cancellation);
        return run.State == RunState.Succeeded
            ? (import, Stopwatch.GetElapsedTime(begun).TotalSeconds, stages.Seconds, engine.StoredBytes)
            : throw new InvalidOperationException($"The run {run.State}: {string.Join(' ', run.Errors)}");
    }

    private static double Lucene(int count)
    {
        var articles = GeneratedArticles.Of(count);
        var begun = Stopwatch.GetTimestamp();
        using var lucene = new MoreLikeThisIndex(articles);
        var indexing = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var pages = GeneratedArticles.Sample(articles, LuceneListed);
        begun = Stopwatch.GetTimestamp();
        Parallel.ForEach(pages, page => lucene.Like(page, DateTimeOffset.MaxValue, NeighbourList.Capacity));
        return indexing + (Stopwatch.GetElapsedTime(begun).TotalSeconds * count / pages.Count);
    }
}
