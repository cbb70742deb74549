using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>How the tool behaves towards shells and people.</summary>
public sealed partial class CommandLineTests(SqlitePlace place) : IClassFixture<SqlitePlace>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-cli-files-");
    private readonly ToolStore store = place.NewStore();

    [Theory]
    [InlineData("Required command was not provided. Try 'more-stories --help'.")]
    [InlineData("Required argument missing for command: 'index'. Try 'more-stories index --help'.", "index")]
    [InlineData("--count is a whole number from 1 to 20, not '21'. Try 'more-stories list --help'.", "list", "x", "--count", "21")]
    [InlineData("--count is a whole number from 1 to 20, not 'nine'. Try 'more-stories list --help'.", "list", "x", "--count", "nine")]
    [InlineData("'harbour' is no store: write sqlite:PATH, azure or azure:ACCOUNT.", "list", "x", "--store", "harbour")]
    [InlineData("The store's address is not a connection string of a storage account.", "export", "--store", "azure:Key=secret;nonsense")]
    [InlineData("There is no configuration file 'none.json'.", "export", "--config", "none.json")]
    [InlineData("Recommender:Sites:default:TimeZone is 'Gullhaven/Quay', which is no IANA time zone.", "index", "x", "--time-zone", "Gullhaven/Quay")]
    public async Task What_is_not_asked_for_properly_is_one_line_and_exit_code_2(string message, params string[] arguments)
    {
        var result = await store.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"more-stories: {message}", Assert.Single(result.ErrorLines));
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_line_and_exit_code_1()
    {
        var text = Write("notes.db", "These are notes, and no database at all, however long they go on.");
        var blocked = Path.Combine(text, "below", "stories.db");

        var noStore = await store.RunAsync("list", "x");
        var noDatabase = await store.RunAsync("articles", "--store", $"sqlite:{text}");
        var noFolder = await store.RunAsync("index", text, "--store", $"sqlite:{blocked}");
        var unreachable = await store.RunAsync("articles", "--store", "azure:AccountName=nobody;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:9/nobody;");

        Assert.All([noStore, noDatabase, noFolder, unreachable], result => Assert.Equal(1, result.ExitCode));
        Assert.Matches("^more-stories: There is no store '.*' yet: index something first, or name another with --store\\.$", Assert.Single(noStore.ErrorLines));
        Assert.Equal($"more-stories: The file '{text}' is not an SQLite database.", Assert.Single(noDatabase.ErrorLines));
        Assert.StartsWith($"more-stories: The directory of the store '{blocked}' cannot be made", Assert.Single(noFolder.ErrorLines), StringComparison.Ordinal);
        Assert.StartsWith("more-stories: The store 'azure:nobody' does not answer", Assert.Single(unreachable.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_site_is_told_which_there_are_and_a_page_finds_its_own()
    {
        var config = Write("sites.json", """
            {"Recommender":{"Store":"sqlite:beside.db","Sites":{
              "courier":{"Hosts":["courier.example"],"Heading":"More from the Courier"},
              "gazette":{"Hosts":["gazette.example"],"Language":"fr"}}}}
            """);
        var environment = new Dictionary<string, string> { ["MORE_STORIES_STORE"] = "" };
        var file = Write("articles.jsonl", SampleArticles.Lines(8));

        var unknown = await ToolProcess.RunAsync(environment, null, "index", file, "--config", config, "--site", "herald");
        var unnamed = await ToolProcess.RunAsync(environment, null, "export", "--config", config);
        var foreign = await ToolProcess.RunAsync(environment, null, "index", file, "--config", config, "--site", "gazette");
        (await ToolProcess.RunAsync(environment, null, "index", file, "--config", config, "--site", "courier")).Succeeded();
        var list = (await ToolProcess.RunAsync(environment, null, "list", "https://courier.example/story-00001", "--config", config)).Succeeded();

        Assert.Equal((2, "more-stories: There is no site 'herald'. Say --site and one of: courier, gazette."), (unknown.ExitCode, Assert.Single(unknown.ErrorLines)));
        Assert.Equal((2, "more-stories: Which site? Say --site and one of: courier, gazette."), (unnamed.ExitCode, Assert.Single(unnamed.ErrorLines)));
        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("'courier.example' is no host of site 'gazette'", foreign.Errors, StringComparison.Ordinal);
        Assert.Equal("More from the Courier", list.Lines[0]);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "beside.db")));
    }

    [Fact]
    public async Task Only_older_stories_are_listed_when_that_is_asked_for()
    {
        (await store.RunAsync("index", Write("articles.jsonl", SampleArticles.Lines(12)))).Succeeded();

        var all = (await store.RunAsync("list", "story-00002", "--json", "--count", "20")).Succeeded();
        var older = (await store.RunAsync("list", "story-00002", "--json", "--count", "20", "--older-only")).Succeeded();

        // Which of them tell one running story, and are shown once, is no matter here.
        Assert.Contains(Ids(all), IsNewer);
        Assert.NotEmpty(Ids(older));
        Assert.DoesNotContain(Ids(older), IsNewer);

        static bool IsNewer(string id) => string.CompareOrdinal(id, "story-00002") > 0;

        static IReadOnlyList<string> Ids(ToolResult result) =>
            [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    [Fact]
    public async Task Bad_articles_are_named_with_place_and_field_and_fail_only_a_strict_import()
    {
        var bad = string.Concat(Enumerable.Range(0, 30).Select(number => $$"""{"url":"https://courier.example/bad{{number}}","title":""}""" + "\n"));
        var file = Write("mixed.jsonl", SampleArticles.Lines(3) + bad + "no json\n");
        var onlyBad = Write("bad.jsonl", bad);

        var lenient = await store.RunAsync("index", file);
        var strict = await store.RunAsync("index", file, "--strict");
        var nothing = await store.RunAsync("index", onlyBad);
        var missing = await store.RunAsync("index", file, Path.Combine(folder.FullName, "missing.jsonl"));

        Assert.Equal([0, 1, 1, 1], [lenient.ExitCode, strict.ExitCode, nothing.ExitCode, missing.ExitCode]);
        Assert.Contains(lenient.ErrorLines, line => line.EndsWith("mixed.jsonl:4: title: A title is required.", StringComparison.Ordinal));
        Assert.Contains(lenient.ErrorLines, line => line.Contains("mixed.jsonl:34: ", StringComparison.Ordinal));
        Assert.Equal(20, lenient.ErrorLines.Count(line => line.Contains("mixed.jsonl:", StringComparison.Ordinal)));
        Assert.Equal("... and 11 more that could not be taken.", lenient.ErrorLines[^1]);
        Assert.Contains(lenient.Lines, line => line.StartsWith("invalid", StringComparison.Ordinal) && line.EndsWith("31", StringComparison.Ordinal));
        Assert.Contains("missing.jsonl", missing.Errors, StringComparison.Ordinal);
        Assert.Contains(missing.Lines, line => line.StartsWith("unchanged", StringComparison.Ordinal) && line.EndsWith('3'));
    }

    [Fact]
    public async Task An_archive_is_taken_in_and_reindexed_by_one_command()
    {
        var result = (await store.RunAsync("index", Write("archive.jsonl", SampleArticles.Lines(40)), "--reindex")).Succeeded();

        Assert.Contains(result.Lines, line => line.StartsWith("created", StringComparison.Ordinal) && line.EndsWith("40", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("40 articles reindexed in ", StringComparison.Ordinal));
        Assert.Contains("similar", (await store.RunAsync("list", SampleArticles.Ids(40)[20])).Succeeded().Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Results_are_lines_of_json_and_the_summary_stands_aside()
    {
        var result = (await store.RunWithInputAsync(SampleArticles.Lines(2) + "{\"title\":7}\n", "index", "-", "--results")).Succeeded();

        var results = result.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("place").GetString()!);
        Assert.Equal(3, results.Count);
        Assert.Equal(("created", "story-00001"), (results["standard input:2"].GetProperty("outcome").GetString(), results["standard input:2"].GetProperty("id").GetString()));
        Assert.Equal("url", results["standard input:3"].GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Contains(result.ErrorLines, line => line.StartsWith("created", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_piped_has_no_control_characters_whatever_articles_hold()
    {
        const string Escape = "\u001b[31mred\u0007\u202e";
        var line = JsonSerializer.Serialize(new { id = "esc", url = "https://courier.example/esc", title = $"A {Escape} title", dek = $"{Escape} dek", published = "2025-01-02", topics = new[] { $"t{Escape}" } });
        var wrong = JsonSerializer.Serialize(new { url = $"https:{Escape}", title = Escape, published = Escape });
        var file = Write("escapes.jsonl", SampleArticles.Lines(12) + line + "\n" + wrong + "\n");

        string[][] commands =
        [
            ["index", file], ["index", file, "--results"], ["list", "esc", "--explain"], ["list", "story-00001", "--count", "20"], ["list", $"{Escape}"], ["articles"], ["show", "esc"],
            ["export"], ["export", "--articles"], ["reindex"], ["remove", "esc"], ["--help"], ["list", "--help"], ["--version"], ["show", Escape], ["index", Escape],
        ];
        foreach (var command in commands)
        {
            var result = await store.RunAsync(command);
            Assert.DoesNotMatch(Control(), result.Output);
            Assert.DoesNotMatch(Control(), result.Errors);
            Assert.NotEqual("", result.Output + result.Errors);
        }
    }

    [Fact]
    public async Task Help_shows_examples_and_the_version_is_a_version()
    {
        var help = (await store.RunAsync("index", "--help")).Succeeded();
        var version = (await store.RunAsync("--version")).Succeeded();

        Assert.Contains("Examples:\n  more-stories index https://", help.Output, StringComparison.Ordinal);
        Assert.Contains("MORE_STORIES_STORE", help.Output, StringComparison.Ordinal);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", version.Output);
    }

    [Fact]
    public async Task Ctrl_C_publishes_what_was_read_leaves_nothing_open_and_the_next_run_goes_on()
    {
        // Of 900 articles 600 come through the pipe, which stays open.
        var lines = SampleArticles.Lines(900);
        var file = Write("articles.jsonl", lines);
        using var tool = ToolProcess.Start(store.Environment, "index", "-", "--results");
        await tool.WriteAsync(string.Join('\n', lines.Split('\n').Take(600)) + "\n");
        await tool.ReadLineAsync();
        await tool.InterruptAsync();
        var stopped = await tool.EndAsync(tool.Output.ReadToEndAsync());
        var told = stopped.Lines.Length + 1;
        var stored = (await store.RunAsync("export", "--articles")).Succeeded().Lines.Length;
        var next = (await store.RunAsync("index", file)).Succeeded();

        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("Stopping: what was read is still being published.", stopped.Errors, StringComparison.Ordinal);
        Assert.InRange(told, 1, 600);
        Assert.Equal(told, stored);
        Assert.DoesNotContain("interrupted", next.Errors, StringComparison.Ordinal);
        Assert.Contains(next.Lines, line => Regex.IsMatch(line, $"^created +{900 - told:N0}$"));
        Assert.Contains(next.Lines, line => Regex.IsMatch(line, $"^unchanged +{told:N0}$"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    [GeneratedRegex(@"[\p{Cc}-[\n]]")]
    private static partial Regex Control();
}
