using System.Globalization;
using Recommender.Articles;
using Recommender.Functions.Widget;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Functions.Demo;

/// <summary>
/// Brings the sample articles in when the site has none, before the server answers. An import that was interrupted is completed at the next start;
/// what was changed or deleted since stays as it is.
/// </summary>
public sealed partial class SampleNewsroom(
    Publisher publisher,
    ArticleTable articles,
    Timeline timeline,
    SiteCatalog sites,
    TimeProvider time,
    ILogger<SampleNewsroom> logger) : IHostedService
{
    // Whole weeks, about a year: "on Tuesday" and the season stay true.
    private static readonly TimeSpan Year = TimeSpan.FromDays(52 * 7);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!sites.TryGet(DemoOptions.Site, out var site))
        {
            LogNoSite(DemoOptions.Site);
            return;
        }

        try
        {
            var samples = await ReadAsync(cancellationToken);
            var missing = await MissingAsync(site, samples, cancellationToken);
            if (missing.Count > 0)
            {
                await ImportAsync(site, missing, Shift(samples, time.GetUtcNow()), cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The newspaper is there for show: the application does its work without.
            LogFailed(failure, site.Id);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By how much samples must be older than written so that none is dated after <paramref name="now"/>: years of 52 weeks.</summary>
    internal static TimeSpan Shift(IEnumerable<ArticleInput> samples, DateTimeOffset now)
    {
        var ahead = samples.Max(sample => Parse(sample.Updated ?? sample.Published!)) - now;
        return ahead > TimeSpan.Zero ? Year * Math.Ceiling(ahead / Year) : TimeSpan.Zero;
    }

    private static async Task<List<ArticleInput>> ReadAsync(CancellationToken cancellation)
    {
        await using var file = EmbeddedFile.Open("Newsroom/articles.jsonl");
        return await ArticleLines.ReadAsync(file, cancellation)
            .Select(line => line.Input ?? throw new InvalidDataException($"Newsroom/articles.jsonl, line {line.Number}: {line.Error}"))
            .ToListAsync(cancellation);
    }

    private async Task<List<ArticleInput>> MissingAsync(Site site, List<ArticleInput> samples, CancellationToken cancellation)
    {
        var missing = new List<ArticleInput>();
        foreach (var sample in samples)
        {
            missing.AddRange(await articles.GetAsync(site, sample.Id!, cancellation) is null ? [sample] : []);
        }

        var isOwn = missing.Count == samples.Count && (await timeline.LatestAsync(site, Keys.AnyTopic, until: null, 1, cancellation)).Count > 0;
        return isOwn ? [] : missing;
    }

    private async Task ImportAsync(Site site, List<ArticleInput> samples, TimeSpan shift, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var inputs = samples.Select(sample => sample with { Published = Earlier(sample.Published, shift), Updated = Earlier(sample.Updated, shift) });
        var written = 0;
        await foreach (var result in publisher.ImportAsync(site, inputs.ToAsyncEnumerable(), cancellation))
        {
            if (result.Outcome is PublishOutcome.Invalid or PublishOutcome.Conflict)
            {
                LogRefused(result.Id, string.Join(" ", result.Errors.Select(error => error.Message)));
            }

            written += result.Outcome is PublishOutcome.Created or PublishOutcome.Updated ? 1 : 0;
        }

        LogLoaded(written, site.Id, (long)time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static string? Earlier(string? date, TimeSpan shift) =>
        date is null ? null : (Parse(date) - shift).ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string date) => DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [LoggerMessage(LogLevel.Information, "Loaded {Count} sample articles into site '{Site}' in {Milliseconds} ms.")]
    private partial void LogLoaded(int count, string site, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "There is no site '{Site}', so the sample newspaper stays closed.")]
    private partial void LogNoSite(string site);

    [LoggerMessage(LogLevel.Warning, "Sample article '{Id}' was refused: {Reason}")]
    private partial void LogRefused(string? id, string reason);

    [LoggerMessage(LogLevel.Error, "The sample articles could not be loaded into site '{Site}'.")]
    private partial void LogFailed(Exception failure, string site);
}
