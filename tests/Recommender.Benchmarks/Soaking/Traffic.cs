using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Reading;

namespace Recommender.Benchmarks.Soaking;

/// <summary>All who use the application at once, each at its own pace. What changes goes round, so that the site stays as large as it is.</summary>
/// <param name="client">Talks to the application.</param>
/// <param name="articles">Articles that are there.</param>
internal sealed class Traffic(HttpClient client, int articles)
{
    private const int Readers = 4;
    private const int Published = 100;
    private const int RemoveEvery = 10;
    private const string Site = "?site=corpus";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly GeneratedCorpus corpus = new(seed: 3);

    /// <summary>How often each thing was done.</summary>
    public ConcurrentDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Goes on until it is stopped.</summary>
    public Task StartAsync(CancellationToken cancellation) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Readers).Select(reader => RepeatAsync("reads", TimeSpan.FromMilliseconds(20), ReaderOf(reader), cancellation)),
        RepeatAsync("publications", TimeSpan.FromMilliseconds(500), PublishAsync, cancellation),
        RepeatAsync("decisions", TimeSpan.FromSeconds(1), DecideAsync, cancellation),
        RepeatAsync("reindexes", TimeSpan.FromSeconds(20), ReindexAsync, cancellation),
    ]);

    private async Task RepeatAsync(string what, TimeSpan pause, Func<int, CancellationToken, Task> act, CancellationToken cancellation)
    {
        for (var round = 0; !cancellation.IsCancellationRequested; round++)
        {
            try
            {
                await act(round, cancellation);
                Done.AddOrUpdate(what, 1, (_, done) => done + 1);
                await Task.Delay(pause, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or InvalidDataException or JsonException)
            {
                Errors.Enqueue($"{what}: {failure.Message}");
            }
        }
    }

    // Most ask for the newest, some for what is old.
    private Func<int, CancellationToken, Task> ReaderOf(int reader)
    {
        var random = new Random(reader);
        return async (_, cancellation) =>
        {
            var list = await client.GetFromJsonAsync<JsonElement>(HotPage.Target(GeneratedWords.Rank(random, articles)), cancellation);
            Expect(list.GetProperty("items").GetArrayLength() == GeneratedArticles.Site.Count, $"a list of {list.GetProperty("items").GetArrayLength()}");
        };
    }

    private async Task PublishAsync(int round, CancellationToken cancellation)
    {
        var (story, version) = (round % Published, round / Published);
        var id = string.Create(CultureInfo.InvariantCulture, $"soak-{story}");
        var article = corpus.Article((version * Published) + story) with { Id = id, Url = $"{HotPage.Origin}/{id}" };
        using var answer = await client.PutAsJsonAsync($"/api/articles/{id}{Site}", article, Json, cancellation);
        Expect(answer.IsSuccessStatusCode, $"PUT {answer.StatusCode}");
        var list = await client.GetFromJsonAsync<JsonElement>($"/api/more-stories{Site}&id={id}", cancellation);
        Expect(list.GetProperty("page").ValueEquals(id), "no list for what was published");
        if (round % RemoveEvery == 0)
        {
            using var removed = await client.DeleteAsync($"/api/articles/{id}{Site}", cancellation);
            Expect(removed.IsSuccessStatusCode, $"DELETE {removed.StatusCode}");
        }
    }

    private async Task DecideAsync(int round, CancellationToken cancellation)
    {
        var (page, target) = (round % articles, (round + 7) % articles);
        var pin = string.Create(CultureInfo.InvariantCulture, $"/api/pages/story-{page}/overrides/pins/1{Site}");
        using var answer = await client.PutAsJsonAsync(pin, new { target = $"story-{target}", note = "Soaking", author = "Ines Calloway" }, cancellation);
        Expect(answer.IsSuccessStatusCode, $"PUT {answer.StatusCode}");
        var list = await client.GetFromJsonAsync<JsonElement>(HotPage.Target(page), cancellation);
        Expect(list.GetProperty("items")[0].GetProperty("id").ValueEquals($"story-{target}"), "a pin that readers do not see");
        using var removed = await client.DeleteAsync(pin, cancellation);
        Expect(removed.IsSuccessStatusCode, $"DELETE {removed.StatusCode}");
    }

    private async Task ReindexAsync(int round, CancellationToken cancellation)
    {
        using var answer = await client.PostAsync($"/api/reindex{Site}", null, cancellation);
        Expect(answer.StatusCode == HttpStatusCode.Accepted, $"POST {answer.StatusCode}");
        var run = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString();
        for (var state = ""; state != "succeeded";)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            state = (await client.GetFromJsonAsync<JsonElement>($"/api/reindex/{run}{Site}", cancellation)).GetProperty("state").GetString();
            Expect(state is "queued" or "running" or "succeeded", $"run {state}");
        }
    }

    private static void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
