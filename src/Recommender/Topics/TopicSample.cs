using System.IO.Hashing;
using System.Text;

namespace Recommender.Topics;

/// <summary>
/// Of any number of articles that were filed, so many at most by a hash of their ids, and no others in memory. The newest would be better than any, but dates are nothing that a topic depends on: such a
/// sample is the same every time.
/// </summary>
/// <param name="most">How many.</param>
internal sealed class TopicSample(int most)
{
    private static readonly Comparer<(ulong Hash, string Id)> Order = Comparer<(ulong Hash, string Id)>.Create((left, right) =>
        left.Hash.CompareTo(right.Hash) is var order && order != 0 ? order : string.CompareOrdinal(left.Id, right.Id));

    // The one that goes first is on top.
    private readonly PriorityQueue<FiledArticle, (ulong Hash, string Id)> kept = new(Comparer<(ulong Hash, string Id)>.Create((left, right) => Order.Compare(right, left)));

    /// <summary>Those of the sample, in the order of their hashes.</summary>
    public List<FiledArticle> Articles => [.. kept.UnorderedItems.OrderBy(entry => entry.Priority, Order).Select(entry => entry.Element)];

    /// <summary>Counts an article in; one without topics or terms teaches nothing.</summary>
    public void Add(FiledArticle article)
    {
        if (article.Topics.Count == 0 || article.Terms.Count == 0)
        {
            return;
        }

        var priority = (HashOf(article.Id), article.Id);
        if (kept.Count < most)
        {
            kept.Enqueue(article, priority);
        }
        else
        {
            kept.EnqueueDequeue(article, priority);
        }
    }

    /// <summary>The hash of an article's id.</summary>
    public static ulong HashOf(string id) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id));
}
