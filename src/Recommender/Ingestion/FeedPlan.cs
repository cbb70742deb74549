using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using Recommender.Articles;

namespace Recommender.Ingestion;

/// <summary>An item that a poll has to deal with.</summary>
/// <param name="Url">Its canonical URL.</param>
/// <param name="Input">What the feed says of it.</param>
/// <param name="Source">The document that holds it.</param>
/// <param name="Fingerprint">Hash of what the feed says.</param>
/// <param name="Known">What was known of it; null when it is new.</param>
internal sealed record PlannedItem(string Url, ArticleInput Input, string Source, string Fingerprint, KnownItem? Known)
{
    /// <summary>Whether the feed said something else before.</summary>
    public bool IsChanged => Known is not null && Known.Fingerprint != Fingerprint;

    /// <summary>Whether what is indexed may be older than its page.</summary>
    public bool IsStale => IsChanged || Known?.RetryAt is not null;

    /// <summary>Failures so far to fetch the page that the feed speaks of now.</summary>
    public int Attempts => IsChanged ? 0 : Known?.Attempts ?? 0;
}

/// <summary>Compares a feed with what is known of it.</summary>
internal sealed class FeedPlan
{
    private readonly HashSet<string> present = new(StringComparer.Ordinal);

    /// <summary>New and changed items, and those whose page is to be tried again; new ones first, then those that have waited longest.</summary>
    public IReadOnlyList<PlannedItem> Items { get; private init; } = [];

    /// <summary>Documents with items that are not dealt with, because it is too early to try again.</summary>
    public HashSet<string> Waiting { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with items that cannot be read.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Whether an item is in the feed, or in a document of it that is as it was.</summary>
    public bool Has(string url, KnownItem item, LoadedFeed loaded) => present.Contains(url) || loaded.Kept.Contains(item.Source);

    /// <summary>Makes the plan.</summary>
    public static FeedPlan Of(LoadedFeed loaded, KnownItems known, DateTimeOffset now)
    {
        var items = new List<PlannedItem>();
        var plan = new FeedPlan { Items = items };
        foreach (var (entry, source) in loaded.Entries)
        {
            if (entry.Input is not { } input || !CanonicalUrl.TryParse(input.Url, out var url))
            {
                plan.Errors.Add($"{entry.Place}: {entry.Error ?? "The link is no http or https URL."}");
                continue;
            }

            if (!plan.present.Add(url))
            {
                continue;
            }

            var fingerprint = FingerprintOf(input);
            known.TryGet(url, out var item);
            if (item?.Fingerprint != fingerprint || item.RetryAt <= now)
            {
                items.Add(new PlannedItem(url, input, source, fingerprint, item));
                continue;
            }

            known.Set(url, item with { Source = source });
            if (item.RetryAt is not null)
            {
                plan.Waiting.Add(source);
            }
        }

        items.Sort((a, b) => Order(a).CompareTo(Order(b)));
        return plan;
    }

    // Sorted with what is newest first among the new: a sitemap begins with the oldest.
    private static (DateTimeOffset Checked, int Age) Order(PlannedItem item) => (
        item.Known?.Checked ?? DateTimeOffset.MinValue,
        -Day(item.Input.Published ?? item.Input.Updated));

    private static int Day(string? date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? (int)(instant.UtcTicks / TimeSpan.TicksPerMinute / 10) : 0;

    private static string FingerprintOf(ArticleInput input) =>
        XxHash64.HashToUInt64(JsonSerializer.SerializeToUtf8Bytes(input, ArticleLinesJson.Default.ArticleInput)).ToString("x16", CultureInfo.InvariantCulture);
}
