using System.Diagnostics;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Running;
using Recommender.Cli.Terminals;
using Recommender.Similarity;

namespace Recommender.Benchmarks.Publishing;

/// <summary>Measures a publication until the article is in its own list and in those of others, beside an insertion into SQLite's full-text index and one search by it, which writes no list.</summary>
internal sealed class PublishBenchmark(Terminal terminal) : Benchmark(
    "publish", "Measures publications until an article is in its list and in those of others, against SQLite FTS5: an insertion and one search, which writes no list.", 20_000, 1_000, terminal)
{
    private const int WarmUp = 20;

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        Terminal.Note($"importing {count} articles");
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        await engine.ImportAsync(count, withLists: true, cancellation);
        using var baseline = new FullTextBaseline(engine.StorePath + ".fts");
        baseline.Fill(GeneratedArticles.Inputs(count));
        var stories = new PublishedStories(engine);
        var (rounds, times, transactions) = (IsQuick ? 40 : 200, new List<(double Publish, double FullText)>(), 0L);
        Terminal.Note("publishing");
        for (var round = 0; round < WarmUp + rounds; round++)
        {
            var (article, before) = (stories.Next(), engine.Store.Transactions);
            var publish = await stories.PublishAsync(article, cancellation);
            var begun = Stopwatch.GetTimestamp();
            baseline.Publish(article, NeighbourList.Capacity);
            if (round >= WarmUp)
            {
                times.Add((publish, Stopwatch.GetElapsedTime(begun).TotalMilliseconds));
                transactions += engine.Store.Transactions - before;
            }
        }

        figures.Add("publish_ms", times.Select(time => time.Publish).Median(), $"median of {rounds} publications among {count} articles, until the article is in its list and in those of others");
        figures.Add("publish_p99_ms", times.Select(time => time.Publish).Quantile(0.99), "99th percentile of these");
        figures.Add("fts5_ms", times.Select(time => time.FullText).Median(), $"an insertion into SQLite FTS5 and one search for the {NeighbourList.Capacity} nearest by 50 words");
        figures.Add("publish_vs_sqlite_fts5", times.Select(time => time.Publish / time.FullText).Median(), "median ratio of the two, by turns");
        figures.Add("publish_transactions", (double)transactions / rounds, "calls of the store for each, those that look for it in lists included");
    }
}
