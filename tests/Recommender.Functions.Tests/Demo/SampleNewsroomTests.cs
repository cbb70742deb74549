using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Functions.Demo;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Functions.Tests.Demo;

public sealed class SampleNewsroomTests : IAsyncLifetime
{
    private const int Samples = 66;
    private const string Correction = "2026-06-19-correction-eastmere-water-sampling-figures-at-coldwell";

    private readonly string folder = Directory.CreateTempSubdirectory("samples-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    private ServiceProvider services = null!;
    private Site site = null!;

    private Publisher Publisher => services.GetRequiredService<Publisher>();

    public async Task InitializeAsync()
    {
        services = Build(time);
        Assert.True(services.GetRequiredService<SiteCatalog>().TryGet("courier", out var found));
        site = found;
        await services.GetRequiredService<ITableStore>().EnsureCreatedAsync();
    }

    [Fact]
    public async Task Samples_come_in_once()
    {
        await StartAsync();
        Assert.Equal(Samples, await CountAsync());
        var before = await services.GetRequiredService<ArticleTable>().GetAsync(site, Correction);
        await StartAsync();
        Assert.Equal(before!.ETag, (await services.GetRequiredService<ArticleTable>().GetAsync(site, Correction))!.ETag);
    }

    [Fact]
    public async Task A_sample_that_somebody_deleted_stays_deleted()
    {
        await StartAsync();
        Assert.True(await Publisher.UnpublishAsync(site, Correction));
        await StartAsync();
        Assert.Equal(Samples - 1, await CountAsync());
    }

    [Fact]
    public async Task An_import_that_was_interrupted_is_completed()
    {
        var sample = await ReadSampleAsync(Correction);
        await Publisher.PublishAsync(site, sample);
        await StartAsync();
        Assert.Equal(Samples, await CountAsync());
    }

    [Fact]
    public async Task A_site_with_articles_of_its_own_gets_none()
    {
        await Publisher.PublishAsync(site, new ArticleInput { Url = "https://courier.example/own", Title = "Our own story" });
        await StartAsync();
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Under_an_earlier_clock_no_sample_is_dated_ahead_and_weekdays_stay_true()
    {
        await using var early = Build(new FakeTimeProvider(new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero)));
        await StartAsync(early);
        var sample = await ReadSampleAsync(Correction);
        var written = DateTimeOffset.Parse(sample.Published!);
        var article = await early.GetRequiredService<Publisher>().GetAsync(site, Correction);
        Assert.Equal(written.AddDays(-364), article!.Published);
        Assert.Equal(written.DayOfWeek, article.Published.DayOfWeek);
        var latest = await early.GetRequiredService<Timeline>().LatestAsync(site, Keys.AnyTopic, until: null, Samples);
        Assert.True(latest.Count == Samples && latest[0].Published <= new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero));
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ArticleInput> ReadSampleAsync(string id)
    {
        await using var file = typeof(SampleNewsroom).Assembly.GetManifestResourceStream("Newsroom/articles.jsonl")!;
        return (await ArticleLines.ReadAsync(file).FirstAsync(line => line.Input!.Id == id)).Input!;
    }

    private static async Task StartAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>().OfType<SampleNewsroom>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    private ServiceProvider Build(TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Recommender:Store"] = $"sqlite:{Path.Combine(folder, "stories.db")}",
            ["Recommender:Sites:courier:Hosts:0"] = "courier.example",
            ["Demo:Enabled"] = "true",
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddRecommender(configuration)
            .AddSqliteTables(Path.Combine(folder, "stories.db"))
            .AddDemo(configuration, new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = Environments.Production })
            .BuildServiceProvider();
    }

    private Task StartAsync() => StartAsync(services);

    private async Task<int> CountAsync() => await Publisher.AllAsync(site).CountAsync();
}
