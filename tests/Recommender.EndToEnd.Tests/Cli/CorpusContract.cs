using System.Text.RegularExpressions;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Two thousand real articles, from the corpora beside the repository where there are any.</summary>
public abstract class CorpusContract(IToolPlace place)
{
    private const int Unreadable = 1;

    [SkippableFact]
    public async Task Two_thousand_real_articles_are_indexed_and_again_found_unchanged()
    {
        place.SkipUnlessThere();
        var corpus = Corpora.Path("digitalgov.jsonl");
        var store = place.NewStore();

        var first = (await store.RunAsync("index", corpus)).Succeeded();
        var again = (await store.RunAsync("index", corpus)).Succeeded();

        var count = File.ReadLines(corpus).Count() - Unreadable;
        Assert.Contains(first.Lines, line => Regex.IsMatch(line, $"^created +{count:N0}$"));
        Assert.Contains(again.Lines, line => Regex.IsMatch(line, $"^unchanged +{count:N0}$"));
    }
}

/// <summary>On an SQLite file.</summary>
public sealed class SqliteCorpusTests(SqlitePlace place) : CorpusContract(place), IClassFixture<SqlitePlace>;

/// <summary>On the emulator of Azure Table Storage.</summary>
public sealed class AzuriteCorpusTests(AzuritePlace place) : CorpusContract(place), IClassFixture<AzuritePlace>;
