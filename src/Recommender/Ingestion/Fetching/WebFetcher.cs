using Microsoft.Extensions.Options;
using Recommender.Sites;

namespace Recommender.Ingestion.Fetching;

/// <summary>
/// Fetches what belongs to a site, safely: only its hosts and those of its feeds, only addresses of the public internet, what robots.txt allows, one request at a time a host,
/// within limits of time, size and redirects. Every redirect is judged as the first address was.
/// </summary>
public sealed class WebFetcher
{
    private const string FeedTypes = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
    private const string PageTypes = "text/html, application/xhtml+xml, */*;q=0.5";

    private readonly HostConversation conversation;
    private readonly RobotsGate robots;
    private readonly IOptions<IngestionOptions> options;

    /// <summary>Creates the only one of a process.</summary>
    public WebFetcher(IHttpClientFactory clients, HostTurns turns, IOptions<IngestionOptions> options, TimeProvider time)
    {
        this.options = options;
        conversation = new HostConversation(clients, turns, options, time);
        robots = new RobotsGate(conversation, options, time);
    }

    /// <summary>Fetches a feed or sitemap, or anything that may turn out to be one.</summary>
    /// <exception cref="FetchException">It may not or cannot be fetched.</exception>
    public Task<FetchedContent> FetchFeedAsync(Site site, Uri address, Validators validators = default, CancellationToken cancellation = default) =>
        FetchAsync(site, address, FeedTypes, validators, options.Value.MaxBytes, cancellation);

    /// <summary>Fetches a page.</summary>
    /// <exception cref="FetchException">It may not or cannot be fetched.</exception>
    public Task<FetchedContent> FetchPageAsync(Site site, Uri address, CancellationToken cancellation = default) =>
        FetchAsync(site, address, PageTypes, default, options.Value.MaxPageBytes, cancellation);

    private async Task<FetchedContent> FetchAsync(Site site, Uri address, string accept, Validators validators, int limit, CancellationToken cancellation)
    {
        for (var hop = 0; hop <= options.Value.MaxRedirects; hop++)
        {
            if (HostRules.Refusal(site, address) is { } refusal)
            {
                throw new FetchException(refusal);
            }

            var pause = await robots.PassAsync(site, address, cancellation);
            var answer = await conversation.AskAsync(WithoutFragment(address), accept, validators, limit, pause, cancellation);
            if (!answer.IsRedirect)
            {
                return Judge(address, answer);
            }

            if (answer.Location is null || !Uri.TryCreate(address, answer.Location, out var next))
            {
                throw new FetchException($"{address} redirects to nowhere.");
            }

            address = next;
        }

        throw new FetchException($"{address} is one redirect too many; {options.Value.MaxRedirects} are followed.");
    }

    private static FetchedContent Judge(Uri address, Answer answer) => (int)answer.Status switch
    {
        >= 200 and < 300 => new FetchedContent
        {
            Status = FetchStatus.Found,
            Address = address,
            Content = answer.Content,
            MediaType = answer.MediaType,
            Charset = answer.Charset,
            Validators = answer.Validators,
        },
        304 => new FetchedContent { Status = FetchStatus.NotModified, Address = address },
        404 or 410 => new FetchedContent { Status = FetchStatus.Gone, Address = address },
        var status => throw new FetchException($"{address} answered {status}.") { IsTransient = status is >= 500 or 408 or 425 or 429 },
    };

    private static Uri WithoutFragment(Uri address) => address.Fragment.Length == 0 ? address : new Uri(address.GetLeftPart(UriPartial.Query));
}
