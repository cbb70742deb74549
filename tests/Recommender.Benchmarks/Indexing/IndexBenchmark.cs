using System.Collections.Concurrent;
using System.Diagnostics;
using Recommender.Articles;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.MoreLikeThis;
using Recommender.Benchmarks.Running;
using Recommender.Cli.Terminals;
using Recommender.Similarity;

namespace Recommender.Benchmarks.Indexing;

/// <summary>Measures the similarity index alone, without a store: its speed against Lucene's, what it takes of memory, and what it finds of what is there.</summary>
internal sealed class IndexBenchmark(Terminal terminal) : Benchmark(
    "index", "Measures the similarity index alone: its lists against Lucene.Net's MoreLikeThis over the same articles, its memory, and what it finds against exhaustive scoring.", 20_000, 3_000, terminal)
{
    private const int Rounds = 5;
    private const int Listed = 8_000;
    private const int BlockSize = 64;
    private const int LuceneListed = 800;
    private const int Searched = 100;
    private const int Depth = 20;

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        Terminal.Note($"indexing {count} articles");
        var articles = GeneratedArticles.Of(count);
        var begun = Stopwatch.GetTimestamp();
        var texts = BuiltIndex.Analyse(articles);
        figures.Add("analysed_per_second", count / Seconds(begun), "articles whose terms were found, a second");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        begun = Stopwatch.GetTimestamp();
        using var index = BuiltIndex.Of(texts);
        figures.Add("indexed_per_second", count / Seconds(begun), "articles whose terms were chosen and indexed twice, as a reindex does, a second");
        figures.Add("bytes_per_article", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count, "bytes of memory for each article");
        figures.Add($"recall@{Depth}", GeneratedArticles.Sample(articles, Searched).AsParallel().Average(page => Recall(index, articles, page)), $"of the {Depth} nearest by exhaustive scoring, those that the index finds");
        await CompareAsync(index, articles, figures);
    }

    private async Task CompareAsync(SimilarityIndex index, List<Article> articles, Figures figures)
    {
        using var lucene = new MoreLikeThisIndex(articles);
        var (blocks, pages) = (Blocks(articles), GeneratedArticles.Sample(articles, LuceneListed));
        var rates = await Turns.TakeAsync(
            IsQuick ? 1 : Rounds,
            () => RateAsync(blocks.Sum(block => block.Length), blocks, block => index.Nearest(block, NeighbourList.Capacity)),
            () => RateAsync(pages.Count, pages, page => lucene.Like(page, DateTimeOffset.MaxValue, NeighbourList.Capacity)),
            Terminal);
        figures.Add("lists_per_second", rates.Select(round => round.One).Median(), $"lists of {NeighbourList.Capacity} neighbours, a second, in blocks as a reindex has them, once all is warm");
        figures.Add("lucene_lists_per_second", rates.Select(round => round.Other).Median(), "the same by Lucene.Net's MoreLikeThis, 50 terms");
        figures.Add("lists_vs_lucene_mlt", rates.Select(round => round.One / round.Other).Median(), $"how many times faster, median of {rates.Count} rounds");
    }

    private static Task<double> RateAsync<T>(int lists, IEnumerable<T> work, Action<T> list)
    {
        var begun = Stopwatch.GetTimestamp();
        // One by one, so that no core is done before the others; and no more of them than there are cores, which would push each other out of the caches.
        Parallel.ForEach(Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, list);
        return Task.FromResult(lists / Seconds(begun));
    }

    // Pages on one topic and of one time together.
    private static List<string[]> Blocks(List<Article> articles)
    {
        var all = articles.OrderBy(article => article.Card.Topics[0], StringComparer.Ordinal).ThenBy(article => article.Published).Select(article => article.Id).Chunk(BlockSize).ToList();
        return [.. all.Where((_, number) => number % Math.Max(1, all.Count * BlockSize / Listed) == 0)];
    }

    private static double Recall(SimilarityIndex index, List<Article> articles, string page)
    {
        var published = index.Find(page)!.Published;
        var nearest = articles.Where(story => story.Id != page)
            .Select(story => (story.Id, Strength: Neighbour.StrengthOf(index.Similarity(page, story.Id)!.Value, published - story.Published)))
            .OrderByDescending(story => story.Strength).ThenBy(story => story.Id, StringComparer.Ordinal).Take(Depth).Select(story => story.Id).ToHashSet(StringComparer.Ordinal);
        return index.Nearest(page, Depth).Count(found => nearest.Contains(found.Id)) / (double)nearest.Count;
    }

    private static double Seconds(long begun) => Stopwatch.GetElapsedTime(begun).TotalSeconds;
}
