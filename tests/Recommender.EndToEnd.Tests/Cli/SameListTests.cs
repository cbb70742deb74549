using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>The same articles give the same lists, whichever the store, also by a ranker that the site learned from its editors.</summary>
public sealed partial class SameListTests(SqlitePlace file, AzuritePlace tables) : IClassFixture<SqlitePlace>, IClassFixture<AzuritePlace>, IDisposable
{
    private const int Count = 240;
    private const string At = "2025-03-01";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-same-");

    [SkippableFact]
    public async Task One_request_has_one_answer_byte_for_byte()
    {
        file.SkipUnlessThere();
        tables.SkipUnlessThere();
        var articles = Path.Combine(folder.FullName, "articles.jsonl");
        await File.WriteAllTextAsync(articles, LinkedToNotes());
        var answers = new List<string>[2];
        foreach (var (number, store) in new[] { file.NewStore(), tables.NewStore() }.Index())
        {
            (await store.RunAsync("index", articles)).Succeeded();
            var run = (await store.RunAsync("reindex")).Succeeded();
            Assert.Matches(@"ranker\.adopted +1\b", run.Output);
            answers[number] = [];
            foreach (var page in SampleArticles.Ids(Count).Where((_, place) => place % 60 == 31))
            {
                var answer = (await store.RunAsync("list", page, "--json", "--explain", "--count", "20", "--at", At)).Succeeded().Output;
                Assert.Matches(RunName(), answer);
                answers[number].Add(RunName().Replace(answer, "run"));
            }
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0].Count, answers[0].Distinct().Count());
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Every fifth article is a short note, and these editors link to the latest notes from the same place.
    private static string LinkedToNotes()
    {
        var articles = SampleArticles.Lines(Count).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        for (var number = 0; number < Count; number++)
        {
            var (article, place) = (articles[number], PlaceOf(articles[number]));
            if (number % 5 == 0)
            {
                article["body"] = ((string)article["body"]!).Split("\n\n")[0];
            }

            var notes = articles.Take(number).Where((_, before) => before % 5 == 0).Where(note => PlaceOf(note) == place).TakeLast(4);
            article["links"] = new JsonArray([.. notes.Select(note => JsonValue.Create((string)note["url"]!))]);
        }

        return string.Concat(articles.Select(article => article.ToJsonString() + "\n"));
    }

    private static string PlaceOf(JsonObject article) => (string)article["topics"]![0]!;

    [GeneratedRegex(@"run [0-9A-Za-z-]{8,}")]
    private static partial Regex RunName();
}
