using Recommender.Articles;
using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Two articles to be judged, prepared once, so that many rules can judge them.</summary>
/// <param name="Left">One.</param>
/// <param name="Right">The other.</param>
internal sealed record Pair(Article Left, Article Right)
{
    private const double LongCopy = 0.4;
    private const double ShortCopy = 0.7;
    private readonly ComparedCard left = new(Left.Card);
    private readonly ComparedCard right = new(Right.Card);
    private readonly Lazy<double> truth = new(() => ExactResemblance.Of(Left, Right));

    /// <summary>What a rule says.</summary>
    public bool IsNear(DuplicateRule rule) => rule.AreNear(left, right);

    /// <summary>What headlines alone say, as lists were made before there were fingerprints.</summary>
    public bool HasNearHeadlines => left.Title.IsNearDuplicateOf(right.Title);

    /// <summary>Whether the rule for short texts applies.</summary>
    public bool IsShort => Math.Min(left.Fingerprint!.Size, right.Fingerprint!.Size) < DuplicateRule.ShortText;

    /// <summary>How much the fingerprints say the texts share.</summary>
    public double Estimate => left.Fingerprint!.Resemblance(right.Fingerprint!);

    /// <summary>
    /// Whether a pair that was not made for the test is one of copies all the same: long texts share as much as copies with three words in ten edited do; short ones more, for
    /// "Five people are killed in a fire at an apartment building in" is the beginning of many stories.
    /// </summary>
    public bool IsCopy => Truth >= (IsShort ? ShortCopy : LongCopy);

    /// <summary>How much the texts share in truth, by pairs of neighbouring words: a measure of its own, so that the fingerprint does not judge itself.</summary>
    public double Truth => truth.Value;
}
