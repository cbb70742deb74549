using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>How soon what editors decide reaches readers.</summary>
[Collection(NewsdeskTests.Name)]
public sealed class SpeedTests(Newsdesk desk)
{
    private const string Barrage = "2025-05-20-a-wall-across-the-tide-640m-barrage-proposed-for-morrow-point";

    [SkippableFact]
    public async Task A_blocked_story_is_gone_from_every_list_within_five_seconds_under_load()
    {
        Browser.Chromium.SkipUnlessInstalled();
        var target = (await desk.ListAsync(Barrage)).Ids[0];
        var pages = new List<string>();
        foreach (var id in (await desk.Api.GetFromJsonAsync<JsonElement>("/api/latest?site=courier&count=20")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)
            .Append(Barrage))
        {
            if ((await desk.ListAsync(id)).Ids.Contains(target))
            {
                pages.Add(id);
            }
        }

        Assert.NotEmpty(pages);
        using var stop = new CancellationTokenSource();
        var (reads, lastSeen) = (0, TimeSpan.Zero);
        var clock = new Stopwatch();
        var readers = Enumerable.Range(0, 4).Select(async reader =>
        {
            while (!stop.IsCancellationRequested)
            {
                var page = pages[(reader + Interlocked.Increment(ref reads)) % pages.Count];
                if ((await desk.ListAsync(page)).Ids.Contains(target) && clock.IsRunning)
                {
                    lastSeen = clock.Elapsed;
                }

                // An address may ask a hundred times a second.
                await Task.Delay(60);
            }
        }).ToList();

        using var block = await desk.Api.PutAsJsonAsync($"/api/site/overrides/blocks/{target}?site=courier", new { note = "Withdrawn" });
        Assert.True(block.IsSuccessStatusCode);
        clock.Start();
        await Task.Delay(TimeSpan.FromSeconds(6));
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        Assert.True(lastSeen < TimeSpan.FromSeconds(5), $"Last seen after {lastSeen}.");
        Assert.True(reads > 100, $"Only {reads} reads.");
        foreach (var page in pages)
        {
            Assert.DoesNotContain(target, (await desk.ListAsync(page)).Ids);
        }

        using var unblock = await desk.Api.DeleteAsync(new Uri($"/api/site/overrides/blocks/{target}?site=courier", UriKind.Relative));
        Assert.True(unblock.IsSuccessStatusCode);
    }
}
