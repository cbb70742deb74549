using System.Diagnostics.CodeAnalysis;
using Recommender.Tables;

namespace Recommender.Ingestion;

/// <summary>Items of a feed by canonical URL, in the buckets that <see cref="FeedTable"/> writes as rows.</summary>
public sealed class KnownItems
{
    private readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Number of items.</summary>
    public int Count => buckets.Values.Sum(bucket => bucket.Items.Count);

    /// <summary>URLs of all items.</summary>
    public IEnumerable<string> Urls => buckets.Values.SelectMany(bucket => bucket.Items.Keys);

    /// <summary>The item at a URL.</summary>
    public bool TryGet(string url, [NotNullWhen(true)] out KnownItem? item)
    {
        item = null;
        return buckets.TryGetValue(Keys.Bucket(url), out var bucket) && bucket.Items.TryGetValue(url, out item);
    }

    /// <summary>Remembers an item.</summary>
    public void Set(string url, KnownItem item)
    {
        if (TryGet(url, out var present) && present == item)
        {
            return;
        }

        var name = Keys.Bucket(url);
        if (!buckets.TryGetValue(name, out var bucket))
        {
            buckets[name] = bucket = new Bucket([], null);
        }

        bucket.Items[url] = item;
        bucket.IsChanged = true;
    }

    /// <summary>Forgets an item.</summary>
    public void Remove(string url)
    {
        if (buckets.TryGetValue(Keys.Bucket(url), out var bucket) && bucket.Items.Remove(url))
        {
            bucket.IsChanged = true;
        }
    }

    internal void Load(string name, Dictionary<string, KnownItem> items, string version) => buckets[name] = new Bucket(items, version);

    internal IReadOnlyList<(string Name, Dictionary<string, KnownItem> Items, string? Version)> Changed() =>
        [.. buckets.Where(bucket => bucket.Value.IsChanged).Select(bucket => (bucket.Key, bucket.Value.Items, bucket.Value.Version))];

    internal void Saved(string name, string version) => (buckets[name].Version, buckets[name].IsChanged) = (version, false);

    private sealed class Bucket(Dictionary<string, KnownItem> items, string? version)
    {
        public Dictionary<string, KnownItem> Items { get; } = items;

        public string? Version { get; set; } = version;

        public bool IsChanged { get; set; }
    }
}
