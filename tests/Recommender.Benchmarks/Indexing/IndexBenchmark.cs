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
    private const int Listed = 20_000;
    private const int BlockSize = 64;
    private const int LuceneListed = 1_000;
    private const int Searched = 100;
    private const int Depth = 20;

    /// <inheritdoc/>
    protected override Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
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

        var blocks = Blocks(articles);
        begun = Stopwatch.GetTimestamp();
        Parallel.ForEach(blocks, block => index.Nearest(block, NeighbourList.Capacity));
        figures.Add("lists_per_second", blocks.Sum(block => block.Length) / Seconds(begun), $"lists of {NeighbourList.Capacity} neighbours, a second, in blocks as a reindex has them");
        figures.Add($"recall@{Depth}", GeneratedArticles.Sample(articles, Searched).AsParallel().Average(page => Recall(index, articles, page)), $"of the {Depth} nearest by exhaustive scoring, those that the index finds");

        using var lucene = new MoreLikeThisIndex(articles);
        var pages = GeneratedArticles.Sample(articles, LuceneListed);
        begun = Stopwatch.GetTimestamp();
        Parallel.ForEach(pages, page => lucene.Like(page, DateTimeOffset.MaxValue, NeighbourList.Capacity));
        figures.Add("lucene_lists_per_second", pages.Count / Seconds(begun), "the same by Lucene.Net's MoreLikeThis, 50 terms");
        figures.Add("lists_vs_lucene_mlt", figures["lists_per_second"] / figures["lucene_lists_per_second"], "how many times faster");
        return Task.CompletedTask;
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
