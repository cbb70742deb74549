using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;
using Recommender.Reindexing;
using Recommender.Telemetry;

namespace Recommender.Functions.Tests.Telemetry;

public sealed class MeasurementsTests : IDisposable
{
    private readonly Deployment deployment = Deployment.Start();

    public void Dispose() => deployment.Dispose();

    [Fact]
    public async Task Lists_are_counted_by_state_with_their_size_and_the_age_of_what_they_show()
    {
        await deployment.PublishFerriesAsync();
        using var lists = Collect<long>("more_stories.lists");
        using var items = Collect<int>("more_stories.list.items");
        using var ages = Collect<double>("more_stories.item.age");

        await deployment.ListAsync("strike", "&count=2");
        await deployment.GetJsonAsync("/api/more-stories?url=https://gazette.example/unknown&count=1");
        await deployment.GetJsonAsync("/api/latest?topic=nothing");

        Assert.Equal(["page complete", "page fallback", "latest empty"], Tags(lists, "kind", "state"));
        Assert.Equal([2, 1, 0], items.GetMeasurementSnapshot().Select(measured => measured.Value));
        Assert.Equal(["similar", "similar", "latest"], Tags(ages, "reason"));
        Assert.Equal(44.04, ages.LastMeasurement!.Value, 2);
        Assert.All(lists.GetMeasurementSnapshot(), measured => Assert.Equal("gazette", measured.Tags["site"]));
    }

    [Fact]
    public async Task What_the_cache_gives_again_is_no_miss()
    {
        await deployment.PublishFerriesAsync();
        await deployment.ListAsync("strike");
        using var lookups = Collect<long>("more_stories.cache.lookups");
        using var misses = Collect<long>("more_stories.cache.misses");

        await deployment.ListAsync("strike");
        Assert.NotEmpty(lookups.GetMeasurementSnapshot());
        Assert.Empty(misses.GetMeasurementSnapshot());

        await deployment.ListAsync("frost");
        Assert.Contains("list", Tags(misses, "kind"));
        Assert.True(misses.GetMeasurementSnapshot().Count < lookups.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task Calls_of_the_store_are_measured_by_table_and_operation()
    {
        using var calls = Collect<double>("more_stories.storage.duration");

        await deployment.PublishAsync("strike", "Ferry crews vote to strike over night sailings");

        var tags = Tags(calls, "table", "operation", "outcome");
        Assert.Contains("Articles get ok", tags);
        Assert.Contains("Articles submit ok", tags);
        Assert.Contains("Timeline submit ok", tags);
        Assert.Contains("Changes submit ok", tags);
    }

    [Fact]
    public async Task Articles_are_counted_by_what_became_of_them()
    {
        using var articles = Collect<long>("more_stories.articles");
        await deployment.PublishAsync("strike", "Ferry crews vote to strike");
        await deployment.PublishAsync("strike", "Ferry crews vote to strike");
        await deployment.PublishAsync("strike", "Ferry crews vote to strike again");
        using var invalid = await deployment.SendAsync(HttpMethod.Put, "/api/articles/bad", """{"url":"https://gazette.example/bad"}""", Deployment.CmsKey);
        using var conflict = await deployment.SendAsync(HttpMethod.Put, "/api/articles/other", Deployment.Story("strike", "Another"), Deployment.CmsKey);
        using var removed = await deployment.SendAsync(HttpMethod.Delete, "/api/articles/strike", null, Deployment.CmsKey);

        Assert.Equal(["created", "unchanged", "updated", "invalid", "conflict", "removed"], Tags(articles, "outcome"));
    }

    [Fact]
    public async Task Jobs_and_runs_are_measured()
    {
        await deployment.PublishFerriesAsync();
        using var jobs = Collect<double>("more_stories.jobs.duration");
        using var articles = Collect<long>("more_stories.reindex.articles");
        using var runs = Collect<double>("more_stories.reindex.duration");

        await deployment.Services.GetRequiredService<JobRunner>().RunAsync(deployment.Services.GetServices<IJob>().Single(job => job.Name == "Reindex"), CancellationToken.None);

        Assert.Equal(["Reindex gazette succeeded"], Tags(jobs, "job", "site", "outcome"));
        Assert.Equal(4 * Run.StepsPerArticle, articles.GetMeasurementSnapshot().Sum(measured => measured.Value));
        Assert.Equal(["succeeded"], Tags(runs, "outcome"));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_polled_is_counted_and_said_but_fails_no_job()
    {
        using var withFeed = Deployment.Start(("Recommender:Sites:gazette:Feeds:0", "http://127.0.0.1:1/feed.xml"));
        using var polls = new MetricCollector<long>(withFeed.Services.GetRequiredService<IMeterFactory>(), Measurements.MeterName, "more_stories.feeds.polls");

        var report = await withFeed.Services.GetRequiredService<JobRunner>().RunAsync(withFeed.Services.GetServices<IJob>().Single(job => job.Name == "PollFeeds"), CancellationToken.None);

        Assert.Equal(["failed"], Tags(polls, "outcome"));
        Assert.Empty(report.Failures);
        Assert.StartsWith("gazette: http://127.0.0.1:1/feed.xml: 0 items", report.Lines[0], StringComparison.Ordinal);
        Assert.True(report.Lines.Count > 1, "It does not say why.");
    }

    private static IReadOnlyList<string> Tags<T>(MetricCollector<T> collector, params string[] names)
        where T : struct => [.. collector.GetMeasurementSnapshot().Select(measured => string.Join(' ', names.Select(name => measured.Tags[name])))];

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(deployment.Services.GetRequiredService<IMeterFactory>(), Measurements.MeterName, instrument);
}
