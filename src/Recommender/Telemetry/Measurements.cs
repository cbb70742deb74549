using System.Diagnostics.Metrics;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Sites;

namespace Recommender.Telemetry;

/// <summary>
/// Everything that is measured, under the meter <see cref="MeterName"/>. Tags take few values: sites, tables and words of the product, never ids or addresses.
/// <list type="table">
/// <listheader><term>instrument</term><description>what it measures (unit) [tags]</description></listheader>
/// <item><term><c>more_stories.lists</c></term><description>lists answered ({list}) [site, kind: page or latest, state: complete, partial, fallback or empty]</description></item>
/// <item><term><c>more_stories.list.items</c></term><description>histogram of items in a list ({item}) [site, kind]</description></item>
/// <item><term><c>more_stories.item.age</c></term><description>histogram of the age of an item that is shown (d) [site, reason: pinned, similar, same-thread, latest-in-topic or latest]</description></item>
/// <item><term><c>more_stories.cache.lookups</c></term><description>things asked of the cache ({lookup}) [kind: answer, list, card, latest, overrides, scopes or page]</description></item>
/// <item><term><c>more_stories.cache.misses</c></term><description>lookups that read the store or made an answer, and renewals in the background ({lookup}) [kind]</description></item>
/// <item><term><c>more_stories.storage.duration</c></term><description>histogram of calls of the store (s) [table, operation: get, query or submit, outcome: ok, conflict, unavailable, cancelled or failed]</description></item>
/// <item><term><c>more_stories.articles</c></term><description>articles that were sent or taken down ({article}) [site, outcome: created, updated, unchanged, invalid, conflict or removed]</description></item>
/// <item><term><c>more_stories.embeddings</c></term><description>texts for which a model was to give a vector ({text}) [site, outcome: embedded, failed, skipped (soon after a failure) or stopped]</description></item>
/// <item><term><c>more_stories.embeddings.duration</c></term><description>histogram of requests to that model (s) [outcome: embedded, failed or stopped]</description></item>
/// <item><term><c>more_stories.feeds.polls</c></term><description>feeds asked for news ({poll}) [site, outcome: changed, unchanged or failed]</description></item>
/// <item><term><c>more_stories.reindex.articles</c></term><description>articles done by runs, each three times: terms, subjects, then lists ({article}) [site]</description></item>
/// <item><term><c>more_stories.reindex.duration</c></term><description>histogram of runs that ended (s) [site, outcome: succeeded or failed]</description></item>
/// <item><term><c>more_stories.jobs.duration</c></term><description>histogram of jobs (s) [job, site, outcome: succeeded, failed, skipped or stopped]</description></item>
/// </list>
/// </summary>
public sealed class Measurements
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MoreStories";

    private static readonly InstrumentAdvice<int> Items = new() { HistogramBucketBoundaries = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20] };
    private static readonly InstrumentAdvice<double> Days = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 4, 7, 14, 30, 60, 120, 365, 730, 1825, 3650] };
    private static readonly InstrumentAdvice<double> Calls = new() { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20] };
    private static readonly InstrumentAdvice<double> Works = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private readonly Counter<long> lists;
    private readonly Histogram<int> listItems;
    private readonly Histogram<double> itemAge;
    private readonly Counter<long> cacheLookups;
    private readonly Counter<long> cacheMisses;
    private readonly Counter<long> articles;
    private readonly Counter<long> embeddings;
    private readonly Counter<long> feedPolls;
    private readonly Counter<long> reindexArticles;
    private readonly Histogram<double> reindexDuration;
    private readonly Histogram<double> jobDuration;

    /// <summary>Makes the instruments.</summary>
    public Measurements(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        lists = meter.CreateCounter<long>("more_stories.lists", "{list}");
        listItems = meter.CreateHistogram("more_stories.list.items", "{item}", advice: Items);
        itemAge = meter.CreateHistogram("more_stories.item.age", "d", advice: Days);
        cacheLookups = meter.CreateCounter<long>("more_stories.cache.lookups", "{lookup}");
        cacheMisses = meter.CreateCounter<long>("more_stories.cache.misses", "{lookup}");
        StorageDuration = meter.CreateHistogram("more_stories.storage.duration", "s", advice: Calls);
        articles = meter.CreateCounter<long>("more_stories.articles", "{article}");
        embeddings = meter.CreateCounter<long>("more_stories.embeddings", "{text}");
        EmbeddingDuration = meter.CreateHistogram("more_stories.embeddings.duration", "s", advice: Calls);
        feedPolls = meter.CreateCounter<long>("more_stories.feeds.polls", "{poll}");
        reindexArticles = meter.CreateCounter<long>("more_stories.reindex.articles", "{article}");
        reindexDuration = meter.CreateHistogram("more_stories.reindex.duration", "s", advice: Works);
        jobDuration = meter.CreateHistogram("more_stories.jobs.duration", "s", advice: Works);
    }

    /// <summary>Calls of the store.</summary>
    internal Histogram<double> StorageDuration { get; }

    /// <summary>Requests to an embedding model.</summary>
    internal Histogram<double> EmbeddingDuration { get; }

    /// <summary>A list was answered.</summary>
    /// <param name="list">The list.</param>
    /// <param name="kind"><c>page</c> or <c>latest</c>.</param>
    /// <param name="now">What time it was for the request.</param>
    public void ListAnswered(MoreStoriesList list, string kind, DateTimeOffset now)
    {
        if (lists.Enabled || listItems.Enabled || itemAge.Enabled)
        {
            ListAnswered(ListFigures.Of(list, kind), now);
        }
    }

    /// <summary>A list was answered that had been made before.</summary>
    /// <param name="list">What is measured of it.</param>
    /// <param name="now">What time it was for the request.</param>
    public void ListAnswered(ListFigures list, DateTimeOffset now)
    {
        lists.Add(1, new("site", list.Site), new("kind", list.Kind), new("state", Word(list.State)));
        listItems.Record(list.Items.Count, new("site", list.Site), new("kind", list.Kind));
        if (itemAge.Enabled)
        {
            foreach (var (published, reason) in list.Items)
            {
                itemAge.Record((now - published).TotalDays, new("site", list.Site), new("reason", Word(reason)));
            }
        }
    }

    /// <summary>Something was asked of the cache.</summary>
    public void CacheAsked(string kind) => cacheLookups.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>The cache read the store.</summary>
    public void CacheMissed(string kind) => cacheMisses.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>An article was sent.</summary>
    public void ArticleSent(Site site, PublishOutcome outcome) => articles.Add(1, new("site", site.Id), new("outcome", Word(outcome)));

    /// <summary>An article was taken down.</summary>
    public void ArticleRemoved(Site site) => articles.Add(1, new("site", site.Id), new("outcome", "removed"));

    /// <summary>Texts were to be embedded: <c>embedded</c>, <c>failed</c>, <c>skipped</c> or <c>stopped</c>.</summary>
    public void Embedded(Site site, string outcome, int texts) => embeddings.Add(texts, new("site", site.Id), new("outcome", outcome));

    /// <summary>A feed was asked for news: <c>changed</c>, <c>unchanged</c> or <c>failed</c>.</summary>
    public void FeedPolled(Site site, string outcome) => feedPolls.Add(1, new("site", site.Id), new("outcome", outcome));

    /// <summary>A run did some more articles.</summary>
    public void Reindexed(Site site, int count) => reindexArticles.Add(count, new KeyValuePair<string, object?>("site", site.Id));

    /// <summary>A run ended.</summary>
    public void ReindexEnded(Site site, bool succeeded, TimeSpan duration) =>
        reindexDuration.Record(duration.TotalSeconds, new("site", site.Id), new("outcome", succeeded ? "succeeded" : "failed"));

    /// <summary>A job ended for a site: <c>succeeded</c>, <c>failed</c>, <c>skipped</c> or <c>stopped</c>.</summary>
    public void JobEnded(string job, Site site, string outcome, TimeSpan duration) =>
        jobDuration.Record(duration.TotalSeconds, new("job", job), new("site", site.Id), new("outcome", outcome));

    private static string Word(ListState state) => state switch
    {
        ListState.Complete => "complete",
        ListState.Partial => "partial",
        ListState.Fallback => "fallback",
        _ => "empty",
    };

    private static string Word(Reason reason) => reason switch
    {
        Reason.Pinned => "pinned",
        Reason.Similar => "similar",
        Reason.SameThread => "same-thread",
        Reason.LatestInTopic => "latest-in-topic",
        _ => "latest",
    };

    private static string Word(PublishOutcome outcome) => outcome switch
    {
        PublishOutcome.Created => "created",
        PublishOutcome.Updated => "updated",
        PublishOutcome.Unchanged => "unchanged",
        PublishOutcome.Invalid => "invalid",
        _ => "conflict",
    };
}
