namespace Recommender.Duplicates;

/// <summary>
/// Tells near-duplicates (agency copy, an update under a new URL) from stories that are merely alike. Text is the evidence, by <see cref="Fingerprint"/>; a headline can confirm or contradict:
/// headlines that are alike but for their figures make a series, never copies. Where a text is unknown, the headline alone decides. The thresholds come from
/// <c>Recommender.Benchmarks duplicates --choose</c>; those for short texts are stricter than it chooses, for a blurb's next development shares much of its wording, and hiding that costs
/// a list more than a copy shown twice.
/// </summary>
public sealed record DuplicateRule
{
    /// <summary>Shingles, about two thirds as many words, below which a text is short: a blurb resembles others by chance, so more must be alike.</summary>
    public const double ShortText = 80;

    /// <summary>The thresholds that the product uses.</summary>
    public static DuplicateRule Shipped { get; } = new();

    /// <summary>For texts of a paragraph or more.</summary>
    public DuplicateThresholds Long { get; init; } = new(Resemblance: 0.38, WithHeadline: 0.34, Contained: 0.38, Containment: 0.94);

    /// <summary>For headlines and blurbs: when either text is short.</summary>
    public DuplicateThresholds Short { get; init; } = new(Resemblance: 0.82, WithHeadline: 0.54, Contained: 0.46, Containment: 0.94);

    /// <summary>Whether two cards are near-duplicates. It does not matter which is which.</summary>
    public bool AreNear(ComparedCard left, ComparedCard right)
    {
        if (left.Fingerprint is not { } one || right.Fingerprint is not { } other)
        {
            return left.Title.IsNearDuplicateOf(right.Title);
        }

        // A headline of its own that is the same again reads as a copy, whatever stands below it.
        var hasHeadlines = !one.HasNoOwnHeadline && !other.HasNoOwnHeadline;
        if (hasHeadlines && left.Title.IsSameAs(right.Title))
        {
            return true;
        }

        var resemblance = one.Resemblance(other);
        var thresholds = Math.Min(one.Size, other.Size) < ShortText ? Short : Long;
        if (resemblance < thresholds.Least)
        {
            return false;
        }

        var isAlike = resemblance >= thresholds.Resemblance
            || (resemblance >= thresholds.Contained && one.Containment(other, resemblance) >= thresholds.Containment)
            || (resemblance >= thresholds.WithHeadline && hasHeadlines && left.Title.IsNearDuplicateOf(right.Title));
        return isAlike && !left.Title.IsOfSeriesWith(right.Title);
    }
}
