using Recommender.Articles;
using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Two articles to be judged, prepared once, so that many rules can judge them.</summary>
/// <param name="Left">One.</param>
/// <param name="Right">The other.</param>
internal sealed record Pair(Article Left, Article Right)
{
    private readonly ComparedCard left = new(Left.Card);
    private readonly ComparedCard right = new(Right.Card);
    private readonly Lazy<double> truth = new(() => ExactResemblance.Of(Left, Right));

    /// <summary>What a rule says.</summary>
    public bool IsNear(DuplicateRule rule) => rule.AreNear(left, right);

    /// <summary>What headlines alone say, as lists were made before there were fingerprints.</summary>
    public bool HasNearHeadlines => left.Title.IsNearDuplicateOf(right.Title);

    /// <summary>Whether the rule for short texts applies.</summary>
    public bool IsShort => Math.Min(left.Fingerprint!.Size, right.Fingerprint!.Size) < DuplicateRule.Shipped.ShortText;

    /// <summary>How much the fingerprints say the texts share.</summary>
    public double Estimate => left.Fingerprint!.Resemblance(right.Fingerprint!);

    /// <summary>How much the texts share in truth, by pairs of neighbouring words: a measure of its own, so that the fingerprint does not judge itself.</summary>
    public double Truth => truth.Value;
}
