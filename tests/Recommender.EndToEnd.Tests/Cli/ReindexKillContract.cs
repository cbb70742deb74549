using Recommender.Sites;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>A reindex whose process is killed again and again ends with the lists of an undisturbed one, and readers see the lists of before or those of after, whichever the store.</summary>
public abstract class ReindexKillContract(IToolPlace place) : IDisposable
{
    private const int Kills = 20;
    private const int Count = 300;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-reindex-kill-");
    private readonly Site site = new() { Id = "default", Name = "default" };

    [SkippableFact]
    public async Task Killed_at_twenty_moments_it_ends_with_the_same_lists_and_readers_never_see_a_mixture()
    {
        place.SkipUnlessThere();
        var file = Path.Combine(folder.FullName, "articles.jsonl");
        await File.WriteAllTextAsync(file, SampleArticles.Lines(Count));
        var (clean, killed) = (place.NewStore(), place.NewStore());
        foreach (var store in new[] { clean, killed })
        {
            (await store.RunAsync("import", file)).Succeeded();
        }

        var before = await ListsAsync(killed);
        (await clean.RunAsync("reindex")).Succeeded();
        var after = await ListsAsync(clean);
        Assert.False(before == after, "A reindex changes nothing here.");

        var random = new Random(20261127);
        using var reading = new CancellationTokenSource();
        var reader = Task.Run(() => ReadAsync(killed, [before, after], reading.Token));
        await using var served = await ServedStore.StartAsync(killed);
        var pages = PageReaders.ReadAsync(served, SampleArticles.Ids(Count).Where((_, place) => place % 15 == 0), reading.Token, othersMustCome: true);
        var (kills, ended) = (0, 0);
        while (kills < Kills)
        {
            // The tool itself takes a moment to start; the later the attempt, the later in its work it is killed.
            using var tool = ToolProcess.Start(killed.Environment, "reindex");
            var output = tool.Output.ReadToEndAsync();
            await Task.Delay(300 + random.Next(0, 250 * (1 + kills)));
            tool.Kill();
            var result = await tool.EndAsync(output);
            kills += result.ExitCode == 128 + 9 ? 1 : 0;
            ended += result.ExitCode == 0 ? 1 : 0;
            Assert.True(result.ExitCode is 0 or (128 + 9), result.Errors);
            Assert.True(ended < Kills, $"Of {kills + ended} reindex runs only {kills} were still at work when they were killed.");
        }

        (await killed.RunAsync("reindex")).Succeeded();
        await reading.CancelAsync();
        Assert.True(await reader > 0);
        var (wrong, seen) = await pages;
        Assert.Empty(wrong);
        Assert.All(seen, page => Assert.True(page.Value.Count <= 2, $"{page.Key} had {string.Join("; ", page.Value)}"));
        Assert.Contains(seen, page => page.Value.Count == 2);
        Assert.True(after == await ListsAsync(killed), "The lists are others than those of an undisturbed run.");
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    // As another process over the same store, all the while.
    private async Task<int> ReadAsync(ToolStore store, IReadOnlyList<string> generations, CancellationToken stop)
    {
        var tables = store.Open();
        var rounds = 0;
        for (; !stop.IsCancellationRequested; rounds++)
        {
            Assert.True(generations.Contains(await ListsOf.StoreAsync(tables, site, Count)), "A reader saw lists that are neither those of before nor those of after.");
        }

        (tables as IDisposable)?.Dispose();
        return rounds;
    }

    private async Task<string> ListsAsync(ToolStore store)
    {
        var tables = store.Open();
        var lists = await ListsOf.StoreAsync(tables, site, Count);
        (tables as IDisposable)?.Dispose();
        return lists;
    }
}

/// <summary>On an SQLite file.</summary>
public sealed class SqliteReindexKillTests(SqlitePlace place) : ReindexKillContract(place), IClassFixture<SqlitePlace>;

/// <summary>On the emulator of Azure Table Storage, which lives on.</summary>
public sealed class AzuriteReindexKillTests(AzuritePlace place) : ReindexKillContract(place), IClassFixture<AzuritePlace>;
