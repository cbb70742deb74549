namespace Recommender.Text;

/// <summary>The terms of a text.</summary>
/// <param name="Language">Primary subtag of the language whose rules were applied.</param>
/// <param name="Terms">Each term once, the weightiest first.</param>
public sealed record AnalysedText(string Language, IReadOnlyList<AnalysedTerm> Terms);

/// <summary>A word or a pair of words.</summary>
/// <param name="Hash">32 bits of XXH3 over the stem, or the two stems with a space between.</param>
/// <param name="Surface">How the text writes it, for people: "North Korea".</param>
/// <param name="Weight"><c>1 + ln(count)</c>, occurrences counted by the weight of their field. At least 1.</param>
/// <param name="IsBigram">Whether it is a pair.</param>
public readonly record struct AnalysedTerm(uint Hash, string Surface, float Weight, bool IsBigram);
