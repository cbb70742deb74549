namespace Recommender.Duplicates;

/// <summary>From when on texts of about one length are near-duplicates. All are shares, 0 to 1, as <see cref="Fingerprint"/> estimates them.</summary>
/// <param name="Resemblance">Resemblance that is enough whatever the headlines say.</param>
/// <param name="WithHeadline">Resemblance that is enough under nearly the same headline.</param>
/// <param name="Contained">Resemblance that is enough when one text is nearly all in the other: with one much longer, chance resemblance alone would look like containment.</param>
/// <param name="Containment">What counts as nearly all: a text that was cut, or has a credit line or paragraphs more.</param>
public sealed record DuplicateThresholds(double Resemblance, double WithHeadline, double Contained, double Containment)
{
    /// <summary>The least resemblance that can be enough.</summary>
    public double Least { get; } = Math.Min(Resemblance, Math.Min(WithHeadline, Contained));
}
