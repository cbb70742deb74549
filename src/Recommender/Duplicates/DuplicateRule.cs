namespace Recommender.Duplicates;

/// <summary>
/// Tells near-duplicates (agency copy, an update under a new URL) from stories that are merely alike. Text is the evidence, by <see cref="Fingerprint"/>; a headline can confirm or contradict:
/// headlines that are alike but for their figures make a series, never copies. Where a text is unknown, the headline alone decides. The thresholds come from
/// <c>Recommender.Benchmarks duplicates --choose</c>.
/// </summary>
public sealed record DuplicateRule
{
    /// <summary>The thresholds that the product uses.</summary>
    public static DuplicateRule Shipped { get; } = new();

    /// <summary>Shingles (about two thirds as many words) below which a text is short: chance resemblance is then frequent, so more must be alike, and the headline too.</summary>
    public double ShortText { get; init; } = 80;

    /// <summary>Resemblance from which two texts are near-duplicates whatever their headlines say.</summary>
    public double Resemblance { get; init; } = 0.38;

    /// <summary>Containment from which a text is a cut or longer version of another.</summary>
    public double Containment { get; init; } = 0.75;

    /// <summary>Resemblance from which two texts under nearly the same headline are near-duplicates.</summary>
    public double ResemblanceWithHeadline { get; init; } = 0.25;

    /// <summary>Resemblance from which two short texts under nearly the same headline are near-duplicates.</summary>
    public double ShortResemblanceWithHeadline { get; init; } = 0.4;

    /// <summary>Resemblance from which two short texts are near-duplicates whatever their headlines say.</summary>
    public double ShortResemblance { get; init; } = 0.7;

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
        var isShort = Math.Min(one.Size, other.Size) < ShortText;
        var (alone, withHeadline) = isShort ? (ShortResemblance, ShortResemblanceWithHeadline) : (Resemblance, ResemblanceWithHeadline);
        if (resemblance < Math.Min(alone, withHeadline))
        {
            return false;
        }

        var isAlike = resemblance >= alone
            || (!isShort && one.Containment(other, resemblance) >= Containment)
            || (hasHeadlines && left.Title.IsNearDuplicateOf(right.Title));
        return isAlike && !left.Title.IsOfSeriesWith(right.Title);
    }
}
