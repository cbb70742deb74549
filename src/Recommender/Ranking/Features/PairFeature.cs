using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>One thing about a page and a story that tells whether the story belongs under the page, and that time does not change.</summary>
public abstract class PairFeature
{
    /// <summary>Its name in explanations and tables: lower-case words with hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for people.</summary>
    public abstract string Meaning { get; }

    /// <summary>Whether it also counts in relation to the best story of the list.</summary>
    public virtual bool IsRelative => false;

    /// <summary>Its value, 0 to 1; NaN when not known.</summary>
    public abstract double Of(in PairComparison pair);
}
