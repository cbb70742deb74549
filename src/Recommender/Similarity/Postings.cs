namespace Recommender.Similarity;

/// <summary>The articles that a term stands in, by their place in the index. Entries of removed articles stay until the index is compacted.</summary>
internal sealed class Postings
{
    /// <summary>Places of articles, and the term's weight in each.</summary>
    public List<(int Ordinal, float Weight)> Entries { get; } = [];

    /// <summary>Number of articles that are still there.</summary>
    public int Live { get; set; }

    /// <summary>Share of the site's articles that are known to have the term, whether or not it was kept of them; 0 when not known.</summary>
    public float Share { get; set; }

    /// <summary>Number of articles that have the term, of so many.</summary>
    public int FrequencyOf(int articles) => Math.Max(Live, TermShares.Of(Share, articles));

    /// <summary>Adds an article.</summary>
    public void Add(int ordinal, float weight)
    {
        Entries.Add((ordinal, weight));
        Live++;
    }
}
