namespace Recommender.Text;

/// <summary>The terms of a text.</summary>
/// <param name="Language">Primary subtag of the language whose rules were applied.</param>
/// <param name="Terms">Each term once, the most frequent first.</param>
public sealed record AnalysedText(string Language, IReadOnlyList<AnalysedTerm> Terms);

/// <summary>A word or a pair of words.</summary>
/// <param name="Hash">32 bits of XXH3 over the stem, or the two stems with a space between.</param>
/// <param name="Surface">How the text writes it, for people: "North Korea".</param>
/// <param name="Count">How often it stands in the text, at least 1. A headline or dek that the body begins with is taken for none.</param>
/// <param name="Traits">Where and how it stands there.</param>
public readonly record struct AnalysedTerm(uint Hash, string Surface, int Count, TermTraits Traits)
{
    /// <summary>Whether it is a pair of words.</summary>
    public bool IsPair => (Traits & TermTraits.Pair) != 0;
}

/// <summary>Where and how a term stands in an article.</summary>
[Flags]
public enum TermTraits
{
    /// <summary>Somewhere.</summary>
    None = 0,

    /// <summary>Two words that follow each other.</summary>
    Pair = 1,

    /// <summary>Written with a capital inside a sentence: a name, mostly. Scripts without capitals have none.</summary>
    Name = 2,

    /// <summary>In the headline.</summary>
    Headline = 4,

    /// <summary>In the dek.</summary>
    Dek = 8,

    /// <summary>In the body's first sentences.</summary>
    Lead = 16,
}
