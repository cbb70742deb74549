using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Recommender.Sites;

namespace Recommender.Ingestion.Fetching;

/// <summary>Asks each host's robots.txt what may be fetched, and remembers the answer. RFC 9309: none there allows all; a server that fails allows nothing for a while.</summary>
internal sealed class RobotsGate(HostConversation conversation, IOptions<IngestionOptions> options, TimeProvider time)
{
    // RFC 9309 asks for 500 KiB at least; nobody's rules are longer than this.
    private const int MaxLength = 8 * 1024 * 1024;
    private const int MaxRedirects = 5;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan KeptWithoutFile = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptAfterFailure = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns when <paramref name="address"/> may be fetched: with the pause that its host asks for.</summary>
    /// <exception cref="FetchException">It may not.</exception>
    public async Task<TimeSpan> PassAsync(Site site, Uri address, CancellationToken cancellation)
    {
        var pause = TimeSpan.FromSeconds(options.Value.Pause);
        if (!options.Value.RespectRobots)
        {
            return pause;
        }

        var place = address.GetLeftPart(UriPartial.Authority);
        if (!entries.TryGetValue(place, out var entry) || entry.Expires <= time.GetUtcNow())
        {
            entries[place] = entry = await ReadAsync(site, new Uri(place + "/robots.txt"), cancellation);
        }

        if (entry.Rules is null)
        {
            throw new FetchException($"{address} is not fetched: {entry.Failure}") { IsTransient = true, RetryAt = entry.Expires };
        }

        if (!entry.Rules.Allows(address.PathAndQuery))
        {
            throw new FetchException(
                $"{address} is not fetched: the host's robots.txt keeps {options.Value.Product} from it. Allow it there, or set {IngestionOptions.Section}:{nameof(IngestionOptions.RespectRobots)} to false.");
        }

        return entry.Rules.CrawlDelay is { } delay && delay > pause ? (delay < LongestDelay ? delay : LongestDelay) : pause;
    }

    private async Task<Entry> ReadAsync(Site site, Uri address, CancellationToken cancellation)
    {
        var at = address;
        var now = time.GetUtcNow();
        try
        {
            for (var hop = 0; hop <= MaxRedirects; hop++)
            {
                var answer = await conversation.AskAsync(at, "text/plain, */*;q=0.1", default, MaxLength, TimeSpan.FromSeconds(options.Value.Pause), cancellation);
                if (answer.IsSuccess)
                {
                    var text = TextDecoding.Decode(answer.Content.Span, answer.Charset);
                    return new Entry(RobotsRules.Parse(text, options.Value.Product), now + Kept);
                }

                if ((int)answer.Status >= 500)
                {
                    return new Entry(null, now + KeptAfterFailure, $"robots.txt answers {(int)answer.Status}, so nothing is allowed for now.");
                }

                if (!answer.IsRedirect || answer.Location is null || !Uri.TryCreate(at, answer.Location, out var next) || !HostRules.Allows(site, next))
                {
                    break;
                }

                at = next;
            }

            return new Entry(RobotsRules.AllowAll, now + KeptWithoutFile);
        }
        catch (FetchException failure) when (failure.IsTransient)
        {
            return new Entry(null, failure.RetryAt ?? (now + KeptAfterFailure), "robots.txt cannot be read: " + failure.Message);
        }
    }

    private sealed record Entry(RobotsRules? Rules, DateTimeOffset Expires, string Failure = "");
}
