using System.Text.Json;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>What the tool does with a store, whichever it is.</summary>
public abstract class RoundTripContract(IToolPlace place) : IDisposable
{
    private const int Count = 60;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-cli-files-");

    [SkippableFact]
    public async Task What_is_exported_and_imported_elsewhere_is_exported_the_same_again()
    {
        place.SkipUnlessThere();
        var (first, second) = (place.NewStore(), place.NewStore());
        var odd = """{"id":"z/ä #?","url":"https://courier.example/odd?b=2&a=1","title":"A &amp;lt;b&amp;gt; & 東京 <i>tale</i>","body":"One.\n\nTwo <a href='/story-00001'>link</a>.","published":"Tue, 05 Mar 2024 10:00:00 +0100","topics":"Čaj","image":{"url":"/i.svg","alt":"A \"tide\"","width":3,"height":2}}""";
        var file = Write("articles.jsonl", SampleArticles.Lines(Count) + odd + "\n");

        var indexed = (await first.RunAsync("index", file)).Succeeded();
        var exported = (await first.RunAsync("export", "--articles")).Succeeded();
        (await second.RunWithInputAsync(exported.Output, "import", "-")).Succeeded();
        var copy = Path.Combine(folder.FullName, "copy.jsonl");
        (await second.RunAsync("export", "--articles", "--out", copy)).Succeeded();

        Assert.Equal("created 61", OneSpaced(indexed.Lines[0]));
        Assert.Equal(exported.Output, await File.ReadAllTextAsync(copy));
        var ids = exported.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();
        Assert.Equal([.. SampleArticles.Ids(Count), "z/ä #?"], ids);
        Assert.Equal([file, copy], Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
        Assert.Contains("東京", exported.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Indexing_the_same_again_changes_nothing_and_a_new_version_updates()
    {
        place.SkipUnlessThere();
        var store = place.NewStore();
        var file = Write("articles.jsonl", SampleArticles.Lines(Count));
        (await store.RunAsync("index", file)).Succeeded();

        var again = (await store.RunAsync("index", file)).Succeeded();
        var newer = (await store.RunAsync("index", Write("newer.jsonl", SampleArticles.Lines(Count, version: 2)))).Succeeded();

        Assert.Equal(["created 0", "updated 0", "unchanged 60", "invalid 0", "conflict 0"], again.Lines[..5].Select(OneSpaced));
        Assert.Equal(["created 0", "updated 60", "unchanged 0", "invalid 0", "conflict 0"], newer.Lines[..5].Select(OneSpaced));
    }

    [SkippableFact]
    public async Task A_page_is_listed_by_url_and_by_id_until_it_is_removed()
    {
        place.SkipUnlessThere();
        var store = place.NewStore();
        (await store.RunAsync("index", Write("articles.jsonl", SampleArticles.Lines(Count)))).Succeeded();

        var byId = (await store.RunAsync("list", "story-00007", "--json", "--at", "2025-03-01", "--count", "5", "--explain")).Succeeded();
        var byUrl = (await store.RunAsync("list", "https://courier.example/story-00007/?utm_source=x", "--json", "--at", "2025-03-01", "--count", "5", "--explain")).Succeeded();
        var list = JsonDocument.Parse(byId.Output).RootElement;
        var first = list.GetProperty("items")[0];
        var neighbour = first.GetProperty("id").GetString()!;
        (await store.RunAsync("remove", neighbour)).Succeeded();
        var without = (await store.RunAsync("list", "story-00007", "--json", "--at", "2025-03-01", "--count", "5")).Succeeded();
        var gone = await store.RunAsync("show", neighbour);

        Assert.Equal(byId.Output, byUrl.Output);
        Assert.Equal("complete", list.GetProperty("state").GetString());
        Assert.Equal("story-00007", list.GetProperty("page").GetString());
        Assert.Equal(5, list.GetProperty("items").GetArrayLength());
        Assert.Contains(first.GetProperty("reason").GetString(), new[] { "similar", "same-thread" });
        Assert.Equal("score", first.GetProperty("explanation").GetProperty("name").GetString());
        Assert.DoesNotContain(neighbour, without.Output, StringComparison.Ordinal);
        Assert.Equal(1, gone.ExitCode);
        Assert.Equal($"more-stories: There is no article '{neighbour}' in site 'default'.", Assert.Single(gone.ErrorLines));
    }

    [SkippableFact]
    public async Task Reindex_says_how_many_articles_it_took_and_leaves_every_list_complete()
    {
        place.SkipUnlessThere();
        var store = place.NewStore();
        (await store.RunAsync("index", Write("articles.jsonl", SampleArticles.Lines(Count)))).Succeeded();

        var reindexed = (await store.RunAsync("reindex")).Succeeded();
        var text = (await store.RunAsync("list", "story-00007", "--at", "2025-03-01", "--explain")).Succeeded();

        Assert.StartsWith("60 articles reindexed in ", reindexed.Lines[0], StringComparison.Ordinal);
        Assert.Contains("topics.filed  60", reindexed.Lines);
        Assert.Equal("More Stories", text.Lines[0]);
        Assert.StartsWith("complete:", text.Lines[1], StringComparison.Ordinal);
        Assert.Contains(text.Lines, line => line.StartsWith("    Similar: both are about ", StringComparison.Ordinal));
        Assert.Contains(text.Lines, line => line.StartsWith("    ├── relevance 0.", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string OneSpaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}

/// <summary>On an SQLite file.</summary>
public sealed class SqliteRoundTripTests(SqlitePlace place) : RoundTripContract(place), IClassFixture<SqlitePlace>;

/// <summary>On the emulator of Azure Table Storage.</summary>
public sealed class AzuriteRoundTripTests(AzuritePlace place) : RoundTripContract(place), IClassFixture<AzuritePlace>;
