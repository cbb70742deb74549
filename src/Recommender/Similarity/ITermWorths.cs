namespace Recommender.Similarity;

/// <summary>How much terms tell among a site's articles.</summary>
public interface ITermWorths
{
    /// <summary>Number of articles.</summary>
    int Count { get; }

    /// <summary>How much a term (by its identity) tells; 0 for one that matches nothing.</summary>
    double Worth(uint term);
}
