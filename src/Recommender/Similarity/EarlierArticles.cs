using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recommender.Similarity.Memory;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// Articles in order of publication, each to be compared with those of a span of time before it: what that costs grows with the span, not with the site. It holds terms of its own, so the index may
/// change meanwhile. One thread enters and forgets; many may compare in between. Nearly every article of the span shares some term with any other, so products are added up side by side for all.
/// </summary>
internal sealed class EarlierArticles(SimilarityIndex index)
{
    private readonly Dictionary<uint, Row> rows = [];
    private readonly List<ArticleOutline> entered = [];
    private readonly List<int> places = [];
    private readonly List<float> lengths = [];
    private readonly Lock gate = new();
    private int first;
    private int firstWhenTrimmed;
    private long version = -1;
    private volatile int usual;

    /// <summary>Articles that were entered, forgotten ones included: the number of the next.</summary>
    public int Count => entered.Count;

    /// <summary>Adds one that was published no sooner than those before.</summary>
    public void Enter(ArticleOutline article) => index.Read(content =>
    {
        var place = content.Articles.PlaceOf(article.Id);
        if (place >= 0)
        {
            var held = content.Articles.At(place).Terms;
            while (held.MoveNext())
            {
                // What no other article has leads nowhere.
                if (content.Terms.LiveOf(held.Number) < 2)
                {
                    continue;
                }

                var identity = content.Terms.IdentityOf(held.Number);
                if (!rows.TryGetValue(identity, out var row))
                {
                    rows[identity] = row = new Row();
                }

                row.Add(entered.Count, held.Term.Level, first);
            }
        }

        entered.Add(article);
        places.Add(place);
        lengths.Add(LengthAt(content, place));
        return entered.Count;
    });

    /// <summary>Looks from now on no further back than to what was published at an instant.</summary>
    public void Forget(DateTimeOffset before)
    {
        while (first < entered.Count && entered[first].Published < before)
        {
            first++;
        }

        // What has no article left goes, as often as half of all are others.
        if (first - firstWhenTrimmed > (entered.Count - first) / 2)
        {
            foreach (var identity in rows.Where(row => row.Value.Last < first).Select(row => row.Key).ToList())
            {
                rows.Remove(identity);
            }

            firstWhenTrimmed = first;
        }
    }

    /// <summary>
    /// Every article of the same language that was entered before one and not forgotten, and whose similarity to it reaches <paramref name="floor"/>, in no particular order. Similarities are off by
    /// <see cref="NeighbourSearch.SumError"/> at most, and so may some be that do not quite reach it.
    /// </summary>
    /// <param name="number">The number of the article, by the order in which they were entered.</param>
    /// <param name="floor">The least similarity.</param>
    public IReadOnlyList<NearArticle> Near(int number, double floor) => index.Read(content => Near(content, number, floor));

    private List<NearArticle> Near(InvertedIndex content, int number, double floor)
    {
        Locate(content);
        var near = new List<NearArticle>(usual);
        if (places[number] is not (var place and >= 0))
        {
            return near;
        }

        var page = content.Articles.At(place);
        var (length, language) = (page.Facts.Lengths.Terms, content.Articles.MarkOf(place).Language);
        var room = ArrayPool<float>.Shared.Rent(number - first);
        try
        {
            var products = room.AsSpan(0, number - first);
            products.Clear();
            Multiply(content, page.Terms, number, products);
            var least = (float)(floor - NeighbourSearch.SumError) * length;
            var others = CollectionsMarshal.AsSpan(lengths)[first..number];
            for (var at = ProductScan.Next(products, others, least, 0); at < products.Length; at = ProductScan.Next(products, others, least, at + 1))
            {
                if (content.Articles.MarkOf(places[first + at]).Language == language)
                {
                    var article = entered[first + at];
                    near.Add(new NearArticle(article.Id, article.Published, products[at] / (length * others[at]), first + at));
                }
            }

            // The next finds about as many.
            usual = near.Count + (near.Count / 8);
            return near;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    // What has no terms, or is gone, reaches nothing.
    private static float LengthAt(InvertedIndex content, int place) => place >= 0 && content.Articles.LengthOf(place) is var length and > 0 ? length : float.NaN;

    // Places and lengths are others once an article came, went or moved, or all were weighed anew.
    private void Locate(InvertedIndex content)
    {
        lock (gate)
        {
            for (var number = first; version != content.Version && number < places.Count; number++)
            {
                places[number] = content.Articles.PlaceOf(entered[number].Id);
                lengths[number] = LengthAt(content, places[number]);
            }

            version = content.Version;
        }
    }

    private void Multiply(InvertedIndex content, HeldTerms page, int number, Span<float> into)
    {
        Span<float> products = stackalloc float[PackedTerms.Levels];
        while (page.MoveNext())
        {
            var worth = content.Terms.WorthOf(page.Number);
            var weight = page.Term.Weight * worth * worth;
            if (weight == 0 || !rows.TryGetValue(content.Terms.IdentityOf(page.Number), out var row))
            {
                continue;
            }

            for (var level = 0; level < products.Length; level++)
            {
                products[level] = weight * PackedTerms.WeightOf(level);
            }

            row.Multiply(first, number, products, into);
        }
    }

    /// <summary>The articles that have a term, by their numbers, with the level of its weight in each.</summary>
    private sealed class Row
    {
        private const int LevelBits = 5;
        private const int LevelMask = (1 << LevelBits) - 1;
        private const int Least = 4;
        private int[] entries = [];
        private int count;

        public int Last => entries[count - 1] >> LevelBits;

        public void Add(int number, int level, int first)
        {
            if (count == entries.Length)
            {
                var forgotten = From(first);
                var kept = entries.AsSpan(forgotten, count - forgotten);
                var room = kept.Length > entries.Length / 2 || entries.Length < Least ? new int[Math.Max(Least, 2 * entries.Length)] : entries;
                kept.CopyTo(room);
                (entries, count) = (room, kept.Length);
            }

            entries[count++] = (number << LevelBits) | level;
        }

        // Not checked, as it is done for each product: there is room for all numbers from the first to the last, and a product for all that a mask leaves.
        public void Multiply(int first, int before, ReadOnlySpan<float> products, Span<float> into)
        {
            ref var sum = ref MemoryMarshal.GetReference(into);
            ref var product = ref MemoryMarshal.GetReference(products);
            foreach (var entry in entries.AsSpan(0, From(before))[From(first)..])
            {
                Unsafe.Add(ref sum, (entry >> LevelBits) - first) += Unsafe.Add(ref product, entry & LevelMask);
            }
        }

        private int From(int first)
        {
            var at = entries.AsSpan(0, count).BinarySearch((first << LevelBits) - 1);
            return at < 0 ? ~at : at;
        }
    }
}
