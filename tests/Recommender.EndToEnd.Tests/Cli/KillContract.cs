using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>A process that is killed in the middle of an import loses nothing that it acknowledged and leaves no half-written article, whichever the store.</summary>
public abstract class KillContract(IToolPlace place) : IDisposable
{
    private const int Count = 200;
    private const string At = "2025-06-01";
    private static readonly string[] Sample = ["story-00003", "story-00199"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-kill-");
    private readonly Site site = new() { Id = "default", Name = "default" };

    [SkippableFact]
    public async Task Killed_imports_lose_nothing_acknowledged_and_leave_no_article_half_written()
    {
        place.SkipUnlessThere();
        var (clean, killed) = (place.NewStore(), place.NewStore());
        var versions = new[] { Write(1), Write(2) };
        var whole = new List<Dictionary<string, string>>();
        foreach (var file in versions)
        {
            (await clean.RunAsync("import", file)).Succeeded();
            whole.Add(await ExportAsync(clean));
        }

        // A tool that is killed before it has made the store leaves nothing to look at.
        var nothing = Path.Combine(folder.FullName, "nothing.jsonl");
        await File.WriteAllTextAsync(nothing, "");
        (await killed.RunAsync("import", nothing)).Succeeded();

        // Before the first result, between chunks, and when all results are out but the lists of neighbours are not yet written.
        var random = new Random(20211018);
        int[][] points = [[0, random.Next(1, Count)], [random.Next(1, Count), Count]];
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        var kills = 0;
        for (var version = 0; version < versions.Length; version++)
        {
            foreach (var results in points[version])
            {
                var (told, wasKilled) = await ImportAndKillAsync(killed, versions[version], results, random.Next(0, 150));
                kills += wasKilled ? 1 : 0;
                foreach (var id in told)
                {
                    acknowledged[id] = version;
                }

                await CheckAsync(killed, acknowledged, whole, version);
            }

            (await killed.RunAsync("import", versions[version])).Succeeded();
        }

        Assert.True(kills >= 2, $"Only {kills} of 4 imports were still running when they were killed.");
        await CheckCompleteAsync(clean, killed);
    }

    // What a sweep leaves once no killed process can be about to write any more.
    private async Task<IReadOnlyList<(string Key, Intent Intent)>> OpenIntentsAfterSweepAsync(ITableStore tables)
    {
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(10));
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(later).AddSingleton(tables).AddLogging()
            .AddRecommender(new ConfigurationBuilder().Build()).BuildServiceProvider();
        await services.GetRequiredService<Publisher>().RecoverAsync(site);
        return await services.GetRequiredService<Journal>().OpenAsync(site);
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Imports until so many results were read and so many milliseconds have gone by, then kills; what was written to the pipe before counts as told.</summary>
    private static async Task<(List<string> Told, bool WasKilled)> ImportAndKillAsync(ToolStore store, string file, int results, int milliseconds)
    {
        using var tool = ToolProcess.Start(store.Environment, "import", file, "--results");
        var told = new List<string>();
        while (told.Count < results && await tool.ReadLineAsync() is { } line)
        {
            told.Add(IdOf(line));
        }

        await Task.Delay(results == 0 ? 300 + (4 * milliseconds) : milliseconds);
        tool.Kill();
        var rest = await tool.EndAsync(tool.Output.ReadToEndAsync());
        told.AddRange(rest.Lines.Where(line => line.EndsWith('}')).Select(IdOf));
        return (told, rest.ExitCode == 128 + 9);
    }

    /// <summary>Before anybody recovers anything: what was acknowledged is there, in the timeline and listed, and whatever is there is whole.</summary>
    private static async Task CheckAsync(ToolStore store, Dictionary<string, int> acknowledged, List<Dictionary<string, string>> whole, int version)
    {
        var stored = await ExportAsync(store);
        Assert.All(acknowledged, entry => Assert.Contains(stored.GetValueOrDefault(entry.Key), whole.Take(version + 1).Skip(entry.Value).Select(lines => lines[entry.Key])));
        Assert.All(stored, entry => Assert.Contains(entry.Value, whole.Take(version + 1).Select(lines => lines[entry.Key])));

        var timeline = (await store.RunAsync("articles", "--count", $"{3 * Count}")).Succeeded().Lines.Select(line => line.Split("  ")[1]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(acknowledged.Keys.Except(timeline));

        foreach (var id in acknowledged.Keys.Order(StringComparer.Ordinal).Where((_, place) => place % 150 == 0))
        {
            var list = JsonDocument.Parse((await store.RunAsync("list", id, "--json", "--at", At)).Succeeded().Output).RootElement;
            Assert.Equal(id, list.GetProperty("page").GetString());
            Assert.NotEqual("empty", list.GetProperty("state").GetString());
        }
    }

    /// <summary>After one import to its end: the same articles, each once in the timeline, nothing pending, no open intent, and after a reindex the same lists.</summary>
    private async Task CheckCompleteAsync(ToolStore clean, ToolStore killed)
    {
        Assert.Equal(await ExportAsync(clean), await ExportAsync(killed));
        var timelines = new List<string>();
        foreach (var store in new[] { clean, killed })
        {
            timelines.Add((await store.RunAsync("articles", "--count", $"{3 * Count}")).Succeeded().Output);
            var tables = store.Open();
            Assert.DoesNotContain(await new ArticleTable(tables).AllAsync(site).ToListAsync(), article => article.Pending || article.Stale.Count > 0);
            Assert.Empty(await OpenIntentsAfterSweepAsync(tables));
            (tables as IDisposable)?.Dispose();
            (await store.RunAsync("reindex")).Succeeded();
        }

        Assert.Equal(timelines[0], timelines[1]);
        Assert.Equal(Count, timelines[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var id in Sample)
        {
            var expected = (await clean.RunAsync("list", id, "--json", "--at", At, "--count", "20")).Succeeded().Output;
            Assert.Equal(expected, (await killed.RunAsync("list", id, "--json", "--at", At, "--count", "20")).Succeeded().Output);
        }
    }

    private static async Task<Dictionary<string, string>> ExportAsync(ToolStore store)
    {
        var exported = await store.RunAsync("export", "--articles");
        var isNew = exported.ExitCode != 0 && (exported.Errors.Contains("There is no store", StringComparison.Ordinal) || exported.Errors.Contains("no tables yet", StringComparison.Ordinal)
            || exported.Errors.Contains("has no table", StringComparison.Ordinal));
        return isNew ? [] : exported.Succeeded().Lines.ToDictionary(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!, StringComparer.Ordinal);
    }

    private static string IdOf(string line)
    {
        var result = JsonDocument.Parse(line).RootElement;
        Assert.Contains(result.GetProperty("outcome").GetString(), new[] { "created", "updated", "unchanged" });
        return result.GetProperty("id").GetString()!;
    }

    private string Write(int version)
    {
        var path = Path.Combine(folder.FullName, $"version{version}.jsonl");
        File.WriteAllText(path, SampleArticles.Lines(Count, version));
        return path;
    }
}

/// <summary>On an SQLite file.</summary>
public sealed class SqliteKillTests(SqlitePlace place) : KillContract(place), IClassFixture<SqlitePlace>;

/// <summary>On the emulator of Azure Table Storage, which lives on.</summary>
public sealed class AzuriteKillTests(AzuritePlace place) : KillContract(place), IClassFixture<AzuritePlace>;
