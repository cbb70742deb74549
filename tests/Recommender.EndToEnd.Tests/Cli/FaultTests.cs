using System.Diagnostics;
using System.Net;
using Recommender.Articles;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Testing.Faults;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>The tool and the application on Azure tables that fail: nothing is lost, nothing is there twice, and readers have their lists.</summary>
public sealed class FaultTests : IAsyncLifetime, IDisposable
{
    private const int Count = 60;
    private const int MostTries = 10;
    private static readonly Fault[] Kinds = [Fault.Busy, Fault.Throttled, Fault.Cut, Fault.AnswerLost];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-faults-");
    private readonly AzuritePlace place = new();
    private readonly Site site = new() { Id = "default", Name = "default" };

    public Task InitializeAsync() => place.InitializeAsync();

    [SkippableFact]
    public async Task With_every_fifth_call_failing_imports_and_reindex_runs_come_to_what_they_come_to_otherwise()
    {
        place.SkipUnlessThere();
        await using var proxy = await FaultProxy.StartAsync(place.Azurite);
        var (sound, troubled) = (place.NewStore(), place.NewStore());
        var behind = troubled.Behind(proxy.ConnectionString);
        var file = Path.Combine(folder.FullName, "articles.jsonl");
        await File.WriteAllTextAsync(file, SampleArticles.Lines(Count));
        proxy.Choose = FaultProxy.ByChance(20261127, 0.2, Kinds);

        (await sound.RunAsync("import", file)).Succeeded();
        await RunUntilDoneAsync(behind, "import", file);
        await using var served = await ServedStore.StartAsync(behind);
        await Task.WhenAll(SampleArticles.Ids(Count).Take(20).Select(id => UntilGivenAsync(served, id)));
        using var over = new CancellationTokenSource();
        var readers = PageReaders.ReadAsync(served, SampleArticles.Ids(Count).Take(20), over.Token);

        (await sound.RunAsync("reindex")).Succeeded();
        await RunUntilDoneAsync(behind, "reindex");
        await over.CancelAsync();
        Assert.Empty((await readers).Wrong);
        Assert.True(proxy.Faults > 200, $"Only {proxy.Faults} of {proxy.Calls} calls failed.");
        Assert.Equal(await ListsOf.StoreAsync(sound.Open(), site, Count), await ListsOf.StoreAsync(troubled.Open(), site, Count));
        Assert.Equal(Count, await new Timeline(troubled.Open()).LatestAsync(site, Keys.AnyTopic, DateTimeOffset.MaxValue, 2 * Count, default) is var cards ? cards.Count : 0);
    }

    [SkippableFact]
    public async Task While_storage_is_down_pages_that_were_read_have_their_lists_at_once_and_ready_says_degraded()
    {
        place.SkipUnlessThere();
        await using var proxy = await FaultProxy.StartAsync(place.Azurite);
        var store = place.NewStore();
        var file = Path.Combine(folder.FullName, "articles.jsonl");
        await File.WriteAllTextAsync(file, SampleArticles.Lines(Count));
        (await store.RunAsync("import", file)).Succeeded();
        await using var served = await ServedStore.StartAsync(store.Behind(proxy.ConnectionString));
        var ids = SampleArticles.Ids(Count).Take(5).ToList();
        var before = await Task.WhenAll(ids.Select(served.ListAsync));
        Assert.All(before, answer => Assert.Null(answer.Error));
        Assert.Equal((HttpStatusCode.OK, "healthy"), await served.ReadyAsync());

        foreach (var fault in new[] { Fault.Silence, Fault.Cut })
        {
            proxy.Choose = _ => fault;
            var (waits, begun) = (new List<TimeSpan>(), Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(begun) < Outage / 2)
            {
                foreach (var (id, known) in ids.Zip(before))
                {
                    var answer = await served.ListAsync(id);
                    Assert.Null(answer.Error);
                    Assert.Equal(known.Items, answer.Items);
                    waits.Add(answer.Took);
                }

                await Task.Delay(100);
            }

            // The first to notice waits two seconds; nobody after.
            Assert.True(waits.Count(wait => wait > TimeSpan.FromSeconds(1)) <= 1, string.Join(' ', waits.Select(wait => $"{wait.TotalMilliseconds:0}")));
            Assert.Equal((HttpStatusCode.OK, "degraded"), await served.ReadyAsync());
        }

        proxy.Choose = _ => Fault.None;
        var ended = Stopwatch.GetTimestamp();
        while (await served.ReadyAsync() is { Status: not "healthy" } && Stopwatch.GetElapsedTime(ended) < TimeSpan.FromSeconds(90))
        {
            await Task.Delay(200);
        }

        Assert.Equal((HttpStatusCode.OK, "healthy"), await served.ReadyAsync());
        Assert.Null((await served.ListAsync(SampleArticles.Ids(Count)[Count - 1])).Error);
    }

    public Task DisposeAsync() => place.DisposeAsync();

    public void Dispose() => folder.Delete(recursive: true);

    // Longer by the environment, to see what ends only after minutes.
    private static TimeSpan Outage => TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("MORE_STORIES_OUTAGE_SECONDS") ?? "20", System.Globalization.CultureInfo.InvariantCulture));

    // What a scheduler does, too: as the tool says, nothing is lost, and it goes on where it was.
    private static async Task RunUntilDoneAsync(ToolStore store, params string[] arguments)
    {
        var errors = new List<string>();
        while (errors.Count < MostTries)
        {
            var result = await store.RunAsync(arguments);
            if (result.ExitCode == 0)
            {
                return;
            }

            errors.Add(result.Errors);
        }

        Assert.Fail(string.Join('\n', errors));
    }

    private static async Task UntilGivenAsync(ServedStore served, string id)
    {
        var answer = await served.ListAsync(id);
        for (var attempt = 1; answer.Error is not null && attempt < MostTries; attempt++)
        {
            answer = await served.ListAsync(id);
        }

        Assert.Null(answer.Error);
    }
}
