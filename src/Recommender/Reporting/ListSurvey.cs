using System.Collections.Concurrent;
using System.Text.Json;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Reporting;

/// <summary>
/// Looks through the lists of a site's newest pages, asking the read path for each as a reader would, and keeps what it found (table Reports, partition site, row <c>survey</c>), so that nobody who looks at
/// the report waits for it.
/// </summary>
public sealed class ListSurvey(MoreStoriesService lists, Timeline timeline, ITableStore store, TimeProvider time)
{
    /// <summary>Pages that are looked at: those that most readers are on.</summary>
    public const int MostPages = 1_000;

    private const int ThinKept = 30;
    private const int FrequentKept = 15;
    private const string Row = "survey";
    private const string Content = "Report";

    // Beside readers' requests, not before them.
    private static readonly int Parallelism = Math.Max(1, Environment.ProcessorCount / 2);
    private readonly ITable table = store.Table(TableNames.Reports);

    /// <summary>What was found last; null when nothing was looked at yet.</summary>
    public async Task<SurveyReport?> LatestAsync(Site site, CancellationToken cancellation = default) =>
        await table.GetAsync(Keys.Join(site.Id), Row, cancellation) is { } row ? JsonSerializer.Deserialize(ByteParts.Read(row, Content)!, EngineJson.Default.SurveyReport) : null;

    /// <summary>Looks, and keeps what it finds.</summary>
    public async Task<SurveyReport> RunAsync(Site site, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var pages = await timeline.LatestAsync(site, Keys.AnyTopic, now, MostPages, cancellation);
        var found = new ConcurrentBag<(ArticleCard Page, MoreStoriesList List)>();
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation }, async (page, token) =>
            found.Add((page, await lists.GetAsync(site, new ListRequest { Id = page.Id, Overlay = new OverrideOverlay([], now) }, token))));
        var report = Report(site, now, [.. found]);
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(report, EngineJson.Default.SurveyReport));
        await table.SubmitAsync(RowChange.Upsert(new TableRow(Keys.Join(site.Id), Row) { Properties = properties }), cancellation);
        return report;
    }

    private static SurveyReport Report(Site site, DateTimeOffset now, IReadOnlyList<(ArticleCard Page, MoreStoriesList List)> found)
    {
        int In(ListState state) => found.Count(entry => entry.List.State == state);
        var thin = found.Where(entry => entry.List.State is not ListState.Complete)
            .Select(entry => (entry.Page, Thin: new ThinList(
                entry.Page.Id, entry.Page.Title, entry.List.Items.Count(item => item.Reason is not (Reason.Latest or Reason.LatestInTopic)), entry.List.Items.Count, site.Count)))
            .OrderBy(entry => entry.Thin.Shown > 0).ThenBy(entry => entry.Thin.Chosen).ThenByDescending(entry => entry.Page.Published).ThenBy(entry => entry.Page.Id, StringComparer.Ordinal);
        var frequent = found.SelectMany(entry => entry.List.Items).GroupBy(item => item.Card.Id, StringComparer.Ordinal)
            .Select(story => new FrequentStory(story.Key, story.First().Card.Title, story.Count(), story.Count(item => item.Reason is Reason.Pinned)))
            .OrderByDescending(story => story.Lists).ThenBy(story => story.Story, StringComparer.Ordinal);
        return new SurveyReport
        {
            Time = now,
            Pages = found.Count,
            Complete = In(ListState.Complete),
            Partial = In(ListState.Partial),
            Fallback = In(ListState.Fallback),
            Empty = In(ListState.Empty),
            Thin = [.. thin.Take(ThinKept).Select(entry => entry.Thin)],
            Frequent = [.. frequent.Take(FrequentKept)],
        };
    }
}
