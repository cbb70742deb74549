using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Ingestion.Feeds;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Ingestion;

/// <summary>Asks a site's feeds for news: publishes what is new or changed and unpublishes what a complete sitemap no longer has.</summary>
public sealed partial class FeedPoller(
    WebFetcher fetcher, Publisher publisher, FeedTable table, IOptions<IngestionOptions> options, TimeProvider time, ILogger<FeedPoller> log)
{
    /// <summary>Errors that a result gives at most.</summary>
    public const int MaxErrors = 20;

    /// <summary>Pages that may vanish from a sitemap at once without being too many to believe.</summary>
    public const int HarmlessVanishing = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>
    /// Polls every feed of a site, one after the other. A feed that fails does not keep the others from being polled; its result says why, and it is left alone for a while,
    /// longer each time. What is remembered of a feed is written after its articles are published, so a poll that is interrupted is only done again.
    /// </summary>
    public async Task<IReadOnlyList<FeedPollResult>> PollAsync(Site site, CancellationToken cancellation = default)
    {
        var results = new List<FeedPollResult>();
        foreach (var feed in site.Feeds.Distinct(StringComparer.Ordinal))
        {
            var state = await table.GetAsync(site, feed, cancellation);
            var result = await PollAsync(site, state, cancellation);
            LogPolled(site.Id, feed, result.Items, result.Created, result.Updated, result.Removed, result.Errors.Count);
            results.Add(result);
        }

        return results;
    }

    private async Task<FeedPollResult> PollAsync(Site site, FeedState state, CancellationToken cancellation)
    {
        if (state.NotBefore is { } end && end > time.GetUtcNow())
        {
            return Failed(state.Url, $"{state.Url} is left alone until {end:u} after {state.Failures} failures. The last: {state.LastError}");
        }

        try
        {
            return await AskAsync(site, state, cancellation);
        }
        catch (RowConflictException)
        {
            return Failed(state.Url, $"{state.Url} was polled by another process at the same time.");
        }
    }

    private async Task<FeedPollResult> AskAsync(Site site, FeedState state, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        try
        {
            var loaded = await new FeedLoader(fetcher, options.Value).LoadAsync(site, state, cancellation);
            var (result, open) = loaded.NotModified
                ? (new FeedPollResult { Feed = state.Url, NotModified = true }, [])
                : await PublishAsync(site, state, loaded, cancellation);
            await table.PutAsync(
                site, new FeedState { Url = state.Url, Documents = Settled(loaded, state, open), LastPoll = now, LastSuccess = now, Version = state.Version }, cancellation);
            return result;
        }
        catch (Exception failure) when (failure is not (TableUnavailableException or RowConflictException) && !cancellation.IsCancellationRequested)
        {
            return await FailAsync(site, state, now, failure, cancellation);
        }
    }

    private async Task<(FeedPollResult Result, HashSet<string> Open)> PublishAsync(Site site, FeedState state, LoadedFeed loaded, CancellationToken cancellation)
    {
        var known = await table.ItemsAsync(site, state.Url, cancellation);
        var poll = new FeedPoll(site, loaded, known, publisher, new PageSource(fetcher), table, state.Url, options.Value, time);
        return (await poll.RunAsync(cancellation), poll.Open);
    }

    /// <summary>The documents that need not be read again as they are.</summary>
    private static Dictionary<string, DocumentState> Settled(LoadedFeed loaded, FeedState state, HashSet<string> open) => loaded.Documents
        .Where(document => !open.Contains(FeedLoader.SourceOf(document.Key)) && (document.Key != state.Url || open.Count == 0))
        .ToDictionary(StringComparer.Ordinal);

    private async Task<FeedPollResult> FailAsync(Site site, FeedState state, DateTimeOffset now, Exception failure, CancellationToken cancellation)
    {
        var message = failure is FetchException ? failure.Message : $"{state.Url}: {failure.Message.ReplaceLineEndings(" ")}";
        if (failure is not (FetchException or FeedFormatException))
        {
            LogFailure(failure, site.Id, state.Url);
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(state.Failures, 10));
        var failed = state with
        {
            LastPoll = now,
            Failures = state.Failures + 1,
            LastError = message,
            NotBefore = (failure as FetchException)?.RetryAt ?? (now + (pause < LongestPause ? pause : LongestPause)),
        };
        await table.PutAsync(site, failed, cancellation);
        return Failed(state.Url, message);
    }

    private static FeedPollResult Failed(string feed, string error) => new() { Feed = feed, Errors = [error] };

    [LoggerMessage(Level = LogLevel.Information, Message = "Polled {Feed} of {Site}: {Items} items, {Created} created, {Updated} updated, {Removed} removed, {Errors} errors.")]
    private partial void LogPolled(string site, string feed, int items, int created, int updated, int removed, int errors);

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling {Feed} of {Site} failed.")]
    private partial void LogFailure(Exception failure, string site, string feed);
}

/// <summary>What polling one feed came to.</summary>
public sealed record FeedPollResult
{
    /// <summary>The feed's URL.</summary>
    public required string Feed { get; init; }

    /// <summary>Whether the feed said that nothing changed (304, or the same bytes).</summary>
    public bool NotModified { get; init; }

    /// <summary>Items in it.</summary>
    public int Items { get; init; }

    /// <summary>Articles that were new.</summary>
    public int Created { get; init; }

    /// <summary>Articles that had changed.</summary>
    public int Updated { get; init; }

    /// <summary>Articles that were taken down.</summary>
    public int Removed { get; init; }

    /// <summary>Why the feed, or items of it, could not be taken; at most 20.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
