using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Articles;
using Recommender.Evaluation;
using Recommender.Ranking.Learning;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Benchmarks.Weights;

/// <summary>The judged lists of a corpus, indexed by the engine into a store that is gone when this returns.</summary>
internal static class JudgedCorpus
{
    private const string SiteId = "corpus";

    /// <summary>Indexes articles, reindexes them, and takes the lists of all judged pages.</summary>
    public static async Task<IReadOnlyList<JudgedList>> ReadAsync(string articles, Qrels qrels, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("more-stories-weights-");
        try
        {
            var settings = new Dictionary<string, string?> { [$"{RecommenderOptions.Section}:Sites:{SiteId}:Name"] = SiteId };
            await using var engine = new ServiceCollection()
                .AddLogging()
                .AddRecommender(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .AddSqliteTables(Path.Combine(folder.FullName, "corpus.db"))
                .BuildServiceProvider();
            await engine.GetRequiredService<ITableStore>().EnsureCreatedAsync(cancellation);
            var site = engine.GetRequiredService<SiteCatalog>().All[0];
            await using (var file = File.OpenRead(articles))
            {
                var inputs = ArticleLines.ReadAsync(file, cancellation).Where(line => line.Input is not null).Select(line => line.Input!);
                await foreach (var _ in engine.GetRequiredService<Publisher>().ImportAsync(site, inputs, cancellation))
                {
                }
            }

            var reindexer = engine.GetRequiredService<Reindexer>();
            await reindexer.ExecuteAsync(site, (await reindexer.StartAsync(site, cancellation)).Id, cancellation: cancellation);
            var index = await engine.GetRequiredService<SiteIndexes>().GetAsync(site);
            var judgements = qrels.Queries.ToDictionary(query => query, qrels.Of, StringComparer.Ordinal);
            return await engine.GetRequiredService<JudgedLists>().ReadAsync(site, judgements, id => index.Find(id)?.Published, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
