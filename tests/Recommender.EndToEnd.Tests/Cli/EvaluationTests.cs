using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>The tool as a measuring instrument.</summary>
public sealed class EvaluationTests(SqlitePlace place) : IClassFixture<SqlitePlace>, IDisposable
{
    // Three stories about a ferry strike and two about apples, with no word in common between the two.
    private const string Articles = """
        {"id":"ferry-1","url":"https://courier.example/ferry-1","title":"Ferry crews vote for a strike","body":"Ferry crews want a third sailor aboard each ferry. The strike begins Monday.","published":"2026-03-01T08:00:00Z"}
        {"id":"ferry-2","url":"https://courier.example/ferry-2","title":"Strike empties the harbour","body":"No ferry sailed; crews stood on the quay. Their strike goes on.","published":"2026-03-02T08:00:00Z"}
        {"id":"ferry-3","url":"https://courier.example/ferry-3","title":"Mediator called in","body":"A mediator hears ferry crews about their strike.","published":"2026-03-03T08:00:00Z"}
        {"id":"apple-1","url":"https://courier.example/apple-1","title":"Frost takes apple blossom","body":"Orchard keepers lit fires against frost under every apple tree.","published":"2026-03-04T08:00:00Z"}
        {"id":"apple-2","url":"https://courier.example/apple-2","title":"Dear cider after frost","body":"Apple harvests fell; orchard keepers blame frost.","published":"2026-03-05T08:00:00Z"}

        """;

    // ferry-3 has two, of which one is judged; the lost page has a judgement that nothing can meet.
    private const string Judgements = """
        apple-2 0 apple-1 1
        ferry-1 0 ferry-2 1
        ferry-1 0 ferry-3 1
        ferry-3 0 ferry-1 2
        ferry-3 0 ferry-2 2
        ferry-3 0 apple-1 1
        lost 0 ferry-1 1

        """;

    // B-cubed of threads; every article by itself comes to 0.307.
    private const double LeastF1 = 0.42;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-cli-evaluation-");
    private readonly ToolStore store = place.NewStore();

    [Fact]
    public async Task Figures_are_those_worked_out_by_hand()
    {
        var (articles, qrels, run) = (Write("articles.jsonl", Articles), Write("links.qrels", Judgements), Path.Combine(folder.FullName, "lists.run"));

        var result = (await store.RunAsync("evaluate", "--articles", articles, "--qrels", qrels, "--k", "1,5", "--run", run, "--json")).Succeeded();

        // ferry-1, apple-2: all found. ferry-3: (2 + 2/log2 3) of (2 + 2/log2 3 + 1/2). lost: nothing.
        using var report = JsonDocument.Parse(result.Output);
        var third = (2 + (2 / Math.Log2(3))) / (2 + (2 / Math.Log2(3)) + 0.5);
        Assert.Equal(4, report.RootElement.GetProperty("queries").GetInt32());
        Assert.Equal(3.0 / 4, Number(report, "ndcg@1"), 6);
        Assert.Equal((2 + third) / 4, Number(report, "ndcg@5"), 5);
        Assert.Equal((2 + (2.0 / 3)) / 4, Number(report, "recall@10"), 5);
        Assert.Equal(3.0 / 4, Number(report, "mrr@10"), 6);
        Assert.Equal("lost", report.RootElement.GetProperty("missing")[0].GetString());
        Assert.Contains(result.ErrorLines, line => line == "1 judged pages are not among the articles and count as empty lists: lost");
        Assert.Equal(["apple-1", "ferry-1", "ferry-2", "ferry-2", "ferry-3"], File.ReadAllLines(run).Select(line => line.Split(' ')[2]).Order());
    }

    [Fact]
    public async Task As_of_each_page_later_articles_neither_count_nor_appear()
    {
        var (articles, qrels, run) = (Write("articles.jsonl", Articles), Write("links.qrels", Judgements), Path.Combine(folder.FullName, "lists.run"));

        var result = (await store.RunAsync("evaluate", "--articles", articles, "--qrels", qrels, "--as-of", "--run", run)).Succeeded();

        // For ferry-1 nothing older is judged, and apple-1 is newer than ferry-3, whose list is perfect without it; only the lost page's list is empty.
        Assert.Matches(@"^measure +mean +95% interval$", result.Lines[0].Trim());
        Assert.Matches(@"^ndcg@5 +0\.6667 +0\.0000 to 1\.0000$", result.Lines[1].Trim());
        Assert.Matches(@"^recall@10 +0\.6667 ", result.Lines[3].Trim());
        Assert.Contains("3 queries, each as of its page's date; 1 left out, for which nothing older is judged", result.Lines);
        Assert.Matches(@"^5 articles indexed in [0-9.]+ s, 3 lists in [0-9.]+ s$", result.Lines[^1]);
        Assert.Equal(["apple-2 apple-1", "ferry-3 ferry-1", "ferry-3 ferry-2"], File.ReadAllLines(run).Select(line => string.Join(' ', line.Split(' ')[0], line.Split(' ')[2])).Order());
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task Another_run_is_judged_beside_and_an_article_that_is_refused_is_told_of()
    {
        var articles = Write("articles.jsonl", Articles + """{"id":"bare","url":"https://courier.example/bare","body":"No title at all."}""" + "\n");
        var qrels = Write("links.qrels", "apple-2 0 apple-1 1\n");
        var other = Write("other.run", "apple-2 Q0 ferry-1 1 9 other\napple-2 Q0 apple-1 2 8 other\n");

        var result = (await store.RunAsync("evaluate", "--articles", articles, "--qrels", qrels, "--compare", other)).Succeeded();

        Assert.Matches(@"^measure +mean +95% interval +other\.run +difference +p$", result.Lines[0].Trim());
        Assert.Matches(@"^ndcg@5 +1\.0000 +1\.0000 to 1\.0000 +0\.6309 +\+0\.3691 +1\.0000$", result.Lines[1].Trim());
        Assert.Contains(result.ErrorLines, line => line == $"{articles}:6: title: A title is required.");
        Assert.Contains(result.ErrorLines, line => Regex.IsMatch(line, "^invalid +1$"));
    }

    [Fact]
    public async Task Similarity_is_written_pair_by_pair_in_the_given_order()
    {
        var (articles, pairs) = (Write("articles.jsonl", Articles), Write("pairs.tsv", "ferry-1\tferry-2\nferry-1\tapple-1\nferry-2\tferry-2\n"));
        var background = Write("more.jsonl", SampleArticles.Lines(40));

        var alone = (await store.RunAsync("similarity", "--articles", articles, "--pairs", pairs)).Succeeded();
        var among = (await store.RunAsync("similarity", "--articles", articles, "--pairs", pairs, "--background", background)).Succeeded();

        Assert.Matches("^ferry-1\tferry-2\t0\\.[0-9]{6}$", alone.Lines[0]);
        Assert.NotEqual("ferry-1\tferry-2\t0.000000", alone.Lines[0]);
        Assert.Equal(["ferry-1\tapple-1\t0.000000", "ferry-2\tferry-2\t1.000000"], alone.Lines[1..]);
        Assert.NotEqual(alone.Lines[0], among.Lines[0]);
    }

    [Fact]
    public async Task What_is_wrong_with_the_files_is_one_line()
    {
        var (articles, qrels, pairs) = (Write("articles.jsonl", Articles), Write("links.qrels", "a 0 b 1\na 0 c\n"), Write("pairs.tsv", "ferry-1 ferry-2\n"));
        var good = Write("good.qrels", Judgements);

        await FailsAsync($"{qrels}: Line 2: 3 fields stand where 4 belong: query 0 document grade.", "evaluate", "--articles", articles, "--qrels", qrels);
        await FailsAsync("There is no file 'none.jsonl'.", "evaluate", "--articles", "none.jsonl", "--qrels", good);
        await FailsAsync("There is no folder for 'none/lists.run'.", "evaluate", "--articles", articles, "--qrels", good, "--run", "none/lists.run");
        await FailsAsync($"{pairs}: Line 1: two ids with a tab between belong there.", "similarity", "--articles", articles, "--pairs", pairs);
        var usage = await store.RunAsync("evaluate", "--articles", articles, "--qrels", good, "--k", "5,ten");
        Assert.Equal((2, "more-stories: --k has whole numbers from 1 to 1000 with commas between, not 'ten'. Try 'more-stories evaluate --help'."), (usage.ExitCode, Assert.Single(usage.ErrorLines)));
    }

    [SkippableFact]
    public async Task On_two_thousand_real_articles_lists_are_better_than_what_MoreLikeThis_finds()
    {
        var (articles, qrels) = (Corpora.Path("digitalgov.jsonl"), Corpora.Path("digitalgov.dev.qrels"));

        var result = (await store.RunAsync("evaluate", "--articles", articles, "--qrels", qrels, "--as-of", "--json")).Succeeded();

        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal(329, report.RootElement.GetProperty("queries").GetInt32());
        Assert.InRange(Number(report, "ndcg@5"), 0.3374, 1);
    }

    [Fact]
    public async Task Threads_are_shown_the_largest_first_and_measured_against_stories()
    {
        var articles = Write("articles.jsonl", SampleArticles.Lines(40) + string.Concat(Enumerable.Range(1, 3).Select(part =>
            $$"""{"id":"dredging-{{part}}","url":"https://courier.example/dredging-{{part}}","title":"Dredging in Gullhaven Harbour, part {{part}}","body":"Dredging in Gullhaven Harbour goes on: silt, barges, anglers and dredgers.","published":"2026-03-0{{part}}T08:00:00Z"}""" + "\n")));
        var qrels = Write("stories.qrels", "dredging-1 0 dredging-2 1\ndredging-2 0 dredging-3 1\n");

        var json = (await store.RunAsync("threads", "--articles", articles, "--qrels", qrels, "--tune", "--json")).Succeeded();
        var text = (await store.RunAsync("threads", "--articles", articles, "--qrels", qrels, "--count", "1")).Succeeded();

        using var report = JsonDocument.Parse(json.Output);
        var threads = report.RootElement.GetProperty("threads").EnumerateArray().ToList();
        var dredging = threads.Single(thread => thread.GetProperty("ids").EnumerateArray().Any(id => id.GetString() == "dredging-2"));
        Assert.Equal(["dredging-1", "dredging-2", "dredging-3"], dredging.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
        Assert.Contains("Gullhaven", dredging.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal(("2026-03-01", "2026-03-03"), (dredging.GetProperty("first").GetString(), dredging.GetProperty("last").GetString()));
        Assert.Equal(threads.Select(thread => thread.GetProperty("articles").GetInt32()).OrderDescending(), threads.Select(thread => thread.GetProperty("articles").GetInt32()));
        Assert.Equal((3, 1.0), (report.RootElement.GetProperty("bcubed").GetProperty("articles").GetInt32(), Number(report.RootElement.GetProperty("bcubed"), "f1")));
        Assert.Equal(27, report.RootElement.GetProperty("tuning").GetProperty("tried").GetArrayLength());
        Assert.Contains("B-cubed over 3 articles: precision 1.0000, recall 1.0000, F1 1.0000", text.Lines);
        var usage = await store.RunAsync("threads", "--articles", articles, "--tune");
        Assert.Equal((2, "more-stories: --tune wants --qrels: without stories there is nothing to choose a threshold by."), (usage.ExitCode, Assert.Single(usage.ErrorLines)));
    }

    [SkippableFact]
    public async Task On_two_thousand_real_articles_threads_meet_the_stories()
    {
        // The oldest two thousand, and what is judged among them.
        var lines = File.ReadLines(Corpora.Path("wikievents.jsonl")).Take(2_000).ToList();
        var ids = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToHashSet(StringComparer.Ordinal);
        var judged = File.ReadLines(Corpora.Path("wikievents.dev.qrels")).Where(line => line.Split(' ') is [var page, _, var other, _] && ids.Contains(page) && ids.Contains(other));
        var (articles, qrels) = (Write("articles.jsonl", string.Join('\n', lines)), Write("stories.qrels", string.Join('\n', judged)));

        var result = (await store.RunAsync("threads", "--articles", articles, "--qrels", qrels, "--json")).Succeeded();

        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal(700, report.RootElement.GetProperty("bcubed").GetProperty("articles").GetInt32());
        Assert.InRange(Number(report.RootElement.GetProperty("bcubed"), "f1"), LeastF1, 1);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static double Number(JsonDocument report, string name) => Number(report.RootElement, name);

    private static double Number(JsonElement report, string name) => report.GetProperty(name).GetDouble();

    private async Task FailsAsync(string message, params string[] arguments)
    {
        var result = await store.RunAsync(arguments);
        Assert.Equal((1, $"more-stories: {message}"), (result.ExitCode, Assert.Single(result.ErrorLines)));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
