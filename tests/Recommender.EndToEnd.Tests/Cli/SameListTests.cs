using System.Text.Json.Nodes;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>The same index gives the same lists, whichever the store, also by a ranker that the site learned from its editors.</summary>
public sealed class SameListTests(SqlitePlace file, AzuritePlace tables) : IClassFixture<SqlitePlace>, IClassFixture<AzuritePlace>, IDisposable
{
    private const int Count = 180;
    private const string At = "2025-03-01";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-same-");

    [SkippableFact]
    public async Task One_request_has_one_answer_byte_for_byte()
    {
        file.SkipUnlessThere();
        tables.SkipUnlessThere();
        var articles = Path.Combine(folder.FullName, "articles.jsonl");
        await File.WriteAllTextAsync(articles, LinkedToNotes());
        var (learned, copy) = (file.NewStore(), tables.NewStore());
        (await learned.RunAsync("index", articles)).Succeeded();
        Assert.Matches(@"ranker\.adopted +1\b", (await learned.RunAsync("reindex")).Succeeded().Output);
        var backup = Path.Combine(folder.FullName, "backup.jsonl.gz");
        (await learned.RunAsync("export", "--out", backup)).Succeeded();
        (await copy.RunAsync("import", backup)).Succeeded();

        var pages = SampleArticles.Ids(Count).Where((_, place) => place % 60 == 31).ToList();
        var answers = await AnswersAsync(learned, pages);
        Assert.Equal(answers, await AnswersAsync(copy, pages));
        Assert.Equal(pages.Count, answers.Distinct().Count());
        Assert.All(answers, answer => Assert.Matches("run [0-9A-Za-z-]{8,} ", answer));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<List<string>> AnswersAsync(ToolStore store, IEnumerable<string> pages)
    {
        var answers = new List<string>();
        foreach (var page in pages)
        {
            answers.Add((await store.RunAsync("list", page, "--json", "--explain", "--count", "20", "--at", At)).Succeeded().Output);
        }

        return answers;
    }

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
}
