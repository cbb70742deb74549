using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Articles;

/// <summary>Where a card stands in the timeline: everything its keys are made of.</summary>
/// <param name="Topic">A slug, or <see cref="Keys.AnyTopic"/>.</param>
/// <param name="Published">When the article was published.</param>
/// <param name="Id">The article's id.</param>
public readonly record struct TimelineKey(string Topic, DateTimeOffset Published, string Id);

/// <summary>
/// The topic-and-date index: cards under each of their topics and under <see cref="Keys.AnyTopic"/>, a partition a month, newest first.
/// A topic's own partition lists its months, so that going back in time never asks an empty one.
/// </summary>
public sealed class Timeline(ITableStore store)
{
    private const string Card = "Card";
    private const string Name = "Name";
    private readonly ITable table = store.Table(TableNames.Timeline);
    private readonly ConcurrentDictionary<string, byte> writtenOnce = new(StringComparer.Ordinal);

    /// <summary>Every place where an article's card belongs.</summary>
    public static IEnumerable<TimelineKey> Places(Article article) =>
        article.EffectiveTopics.Select(topic => topic.Slug).Prepend(Keys.AnyTopic).Select(topic => new TimelineKey(topic, article.Published, article.Id));

    /// <summary>Puts articles' cards into their places and takes away those at <paramref name="stale"/>.</summary>
    public async Task WriteAsync(Site site, IReadOnlyCollection<Article> articles, IEnumerable<TimelineKey> stale, CancellationToken cancellation = default)
    {
        var changes = new Dictionary<(string, string), RowChange>();
        foreach (var key in stale)
        {
            var change = RowChange.Delete(Keys.Timeline(site.Id, key.Topic, key.Published), Keys.Newest(key.Published, key.Id));
            changes[(change.Row.PartitionKey, change.Row.RowKey)] = change;
        }

        var once = new List<RowChange>();
        foreach (var article in articles)
        {
            var properties = new Dictionary<string, object> { [Card] = JsonSerializer.Serialize(article.Card, EngineJson.Default.ArticleCard) };
            foreach (var place in Places(article))
            {
                var row = new TableRow(Keys.Timeline(site.Id, place.Topic, place.Published), Keys.Newest(place.Published, place.Id)) { Properties = properties };
                changes[(row.PartitionKey, row.RowKey)] = RowChange.Upsert(row);
                once.Add(RowChange.Upsert(new TableRow(Keys.TimelineMonths(site.Id, place.Topic), Keys.MonthRow(Keys.Month(place.Published)))));
            }

            once.AddRange(article.EffectiveTopics.Select(topic => RowChange.Upsert(
                new TableRow(Keys.Topics(site.Id), Keys.Row(topic.Slug)) { Properties = new Dictionary<string, object> { [Name] = topic.Name } })));
        }

        var fresh = once.DistinctBy(RowName).Where(change => !writtenOnce.ContainsKey(RowName(change))).ToList();
        await table.SubmitManyAsync(fresh, cancellation);
        foreach (var change in fresh)
        {
            writtenOnce.TryAdd(RowName(change), 0);
        }

        await table.SubmitManyAsync(changes.Values, cancellation);
    }

    /// <summary>Says on articles' cards which running stories they tell. A card that is not there is not made: its article was taken down or moved meanwhile.</summary>
    public Task SetThreadsAsync(Site site, IReadOnlyCollection<Article> articles, CancellationToken cancellation = default)
    {
        var threads = articles.ToDictionary(article => article.Id, article => article.Thread, StringComparer.Ordinal);
        return table.ModifyManyAsync(
            articles.SelectMany(Places).Select(place => (Keys.Timeline(site.Id, place.Topic, place.Published), Keys.Newest(place.Published, place.Id))),
            row => row is not null && Read(row) is { } card && card.Thread != threads[card.Id]
                ? row with { Properties = new Dictionary<string, object> { [Card] = JsonSerializer.Serialize(card with { Thread = threads[card.Id] }, EngineJson.Default.ArticleCard) } }
                : null,
            cancellation);
    }

    /// <summary>Up to <paramref name="count"/> cards of a topic, newest first, none published after <paramref name="until"/> (null: also those still to come).</summary>
    public async Task<IReadOnlyList<ArticleCard>> LatestAsync(Site site, string topic, DateTimeOffset? until, int count, CancellationToken cancellation = default) =>
        await NewestAsync(site, topic, until, count, cancellation).ToListAsync(cancellation);

    /// <summary>As <see cref="LatestAsync"/>, for very many: one after the other.</summary>
    public async IAsyncEnumerable<ArticleCard> NewestAsync(
        Site site, string topic, DateTimeOffset? until, int most = int.MaxValue, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var left = most;
        var months = until is { } instant ? new RowRange(Keys.MonthRow(Keys.Month(instant))) : RowRange.All;
        await foreach (var month in table.QueryAllAsync(Keys.TimelineMonths(site.Id, topic), months, cancellation))
        {
            var partition = Keys.TimelineMonth(site.Id, topic, Keys.ParseMonthRow(month.RowKey));
            var range = until is { } latest ? new RowRange(Keys.NoLaterThan(latest)) : RowRange.All;
            string? continuation = null;
            do
            {
                var page = await table.QueryAsync(partition, range, Math.Min(left, TableLimits.RowsPerPage), continuation, cancellation);
                foreach (var row in page.Rows)
                {
                    yield return Read(row);
                }

                (left, continuation) = (left - page.Rows.Count, page.Continuation);
            }
            while (continuation is not null && left > 0);

            if (left <= 0)
            {
                break;
            }
        }
    }

    /// <summary>The card of an article; null when it is no longer in any list.</summary>
    public async Task<ArticleCard?> CardAsync(Site site, string id, DateTimeOffset published, CancellationToken cancellation = default) =>
        await table.GetAsync(Keys.Timeline(site.Id, Keys.AnyTopic, published), Keys.Newest(published, id), cancellation) is { } row ? Read(row) : null;

    /// <summary>The topics of a site, by slug.</summary>
    public async Task<IReadOnlyList<Topic>> TopicsAsync(Site site, CancellationToken cancellation = default)
    {
        var topics = new List<Topic>();
        await foreach (var row in table.QueryAllAsync(Keys.Topics(site.Id), cancellation: cancellation))
        {
            topics.Add(new Topic(Keys.ParseRow(row.RowKey), row.Text(Name) ?? Keys.ParseRow(row.RowKey)));
        }

        return topics;
    }

    private static string RowName(RowChange change) => $"{change.Row.PartitionKey}|{change.Row.RowKey}";

    private static ArticleCard Read(TableRow row) => JsonSerializer.Deserialize(row.Text(Card)!, EngineJson.Default.ArticleCard)!;
}
