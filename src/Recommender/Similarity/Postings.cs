namespace Recommender.Similarity;

/// <summary>The articles that a term stands in, by their place in the index. Entries of removed articles stay until the index is compacted.</summary>
internal sealed class Postings
{
    /// <summary>Places of articles, and the term's weight in each.</summary>
    public List<(int Ordinal, float Weight)> Entries { get; } = [];

    /// <summary>Number of articles that are still there.</summary>
    public int Live { get; set; }

    /// <summary>Adds an article.</summary>
    public void Add(int ordinal, float weight)
    {
        Entries.Add((ordinal, weight));
        Live++;
    }
}
