using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>The terms of a site's articles, each under a number of its own. Not safe for threads by itself.</summary>
internal sealed class TermTable
{
    private readonly Dictionary<uint, int> numbers = [];
    private readonly List<IndexedTerm> terms = [];

    /// <summary>What is known of each term, by its number; valid until the next <see cref="Add"/>.</summary>
    public Span<IndexedTerm> All => CollectionsMarshal.AsSpan(terms);

    /// <summary>The number of a term, −1 for one that no article has had.</summary>
    public int Find(uint identity) => numbers.GetValueOrDefault(identity, -1);

    /// <summary>The number of a term, a new one if it has none.</summary>
    /// <param name="identity">The term.</param>
    /// <param name="shares">What is known of how common it is.</param>
    public int Add(uint identity, TermShares shares)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, identity, out var exists);
        if (!exists)
        {
            number = terms.Count;
            terms.Add(new IndexedTerm { Identity = identity, Share = shares.ShareOf(identity) });
        }

        return number;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        numbers.Clear();
        terms.Clear();
    }
}

/// <summary>A term of a <see cref="TermTable"/>.</summary>
internal struct IndexedTerm
{
    /// <summary>Its identity.</summary>
    public uint Identity { get; init; }

    /// <summary>The articles that it stands in.</summary>
    public Postings Postings;

    /// <summary>Number of those that are still there.</summary>
    public int Live { get; set; }

    /// <summary>Share of the site's articles that are known to have the term, whether or not it was kept of them; 0 when not known.</summary>
    public float Share { get; set; }

    /// <summary>How much it tells, as of the last time it was weighed.</summary>
    public float Worth { get; private set; }

    /// <summary>Whether few articles have it, as of then.</summary>
    public bool IsRare { get; private set; }

    /// <summary>Weighs it by the articles that have it, of so many.</summary>
    public void Weigh(int articles)
    {
        var frequency = Math.Max(Live, TermShares.Of(Share, articles));
        Worth = (float)TermStatistics.Worth(Identity, frequency, articles);
        IsRare = TermStatistics.IsRare(Identity, frequency, articles);
    }
}
