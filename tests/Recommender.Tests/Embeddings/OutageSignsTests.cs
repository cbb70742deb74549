using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Recommender.Embeddings;
using Recommender.Telemetry;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Embeddings;

/// <summary>What an operator sees of a model that fails.</summary>
public sealed class OutageSignsTests : IAsyncLifetime
{
    private readonly FakeModel model = new();
    private readonly FakeLogCollector log = new();
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync(services =>
        {
            model.Add()(services);
            services.AddSingleton<ILogger<Embedder>>(new FakeLogger<Embedder>(log));
        });
        await newsroom.ImportAsync(Enumerable.Range(1, 12).SelectMany(part => new[] { Ferry(part), Orchard(part) }));
        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task An_outage_is_logged_when_it_begins_and_when_it_is_over()
    {
        Assert.Equal(0, log.Count);
        await PublishAsync(20, fails: true);
        await PublishAsync(21, fails: true);
        await PublishAsync(22, fails: true);
        await PublishAsync(23, fails: false);
        await PublishAsync(24, fails: false);

        Assert.Equal([LogLevel.Warning, LogLevel.Information], log.GetSnapshot().Select(record => record.Level));
        Assert.Equal("Articles get no embeddings for now, and the next reindex makes up for it: The model is not there. Ask later.", log.GetSnapshot()[0].Message);
        Assert.Equal("Articles get embeddings again, for the first time since 2026-11-20 09:02:00Z", log.GetSnapshot()[1].Message);
    }

    [Fact]
    public async Task What_became_of_each_text_is_counted()
    {
        using var counted = new MetricCollector<long>(newsroom.Get<IMeterFactory>(), Measurements.MeterName, "more_stories.embeddings");
        using var timed = new MetricCollector<double>(newsroom.Get<IMeterFactory>(), Measurements.MeterName, "more_stories.embeddings.duration");
        await PublishAsync(20, fails: false);
        await PublishAsync(21, fails: true);
        await newsroom.PublishAsync(Ferry(22));

        Assert.Equal(
            [("embedded", 1L), ("failed", 1L), ("skipped", 1L)],
            counted.GetMeasurementSnapshot().Select(measured => ((string)measured.Tags["outcome"]!, measured.Value)));
        Assert.Equal(["embedded", "failed"], timed.GetMeasurementSnapshot().Select(measured => (string)measured.Tags["outcome"]!));
    }

    private async Task PublishAsync(int part, bool fails)
    {
        newsroom.Time.Advance(TimeSpan.FromMinutes(2));
        model.Fails = _ => fails;
        await newsroom.PublishAsync(Ferry(part));
    }
}
