using Recommender.Ingestion;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Functions.Triggers.Jobs;

/// <summary>Asks a site's feeds for news.</summary>
internal sealed class PollFeedsJob(FeedPoller poller, Measurements measurements) : IJob
{
    public string Name => "PollFeeds";

    public async Task RunAsync(Site site, Action<string> say, CancellationToken cancellation)
    {
        if (site.Feeds.Count == 0)
        {
            say("no feeds are configured.");
            return;
        }

        foreach (var feed in await poller.PollAsync(site, cancellation))
        {
            var isTaken = feed.NotModified || feed.Items > 0 || feed.Errors.Count == 0;
            measurements.FeedPolled(site, !isTaken ? "failed" : feed.Created + feed.Updated + feed.Removed > 0 ? "changed" : "unchanged");
            say(feed.NotModified
                ? $"{feed.Feed}: not modified."
                : $"{feed.Feed}: {feed.Items} items, {feed.Created} created, {feed.Updated} updated, {feed.Removed} removed.");
            foreach (var error in feed.Errors)
            {
                say($"{feed.Feed}: {error}");
            }
        }
    }
}
