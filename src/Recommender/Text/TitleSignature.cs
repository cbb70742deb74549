using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Recommender.Text;

/// <summary>What of a headline shows that another is nearly the same: agency copy, or an update under a new URL.</summary>
public sealed partial class TitleSignature
{
    private const double EnoughShared = 0.8;
    private const int FewestWords = 4;

    private readonly string[] words;
    private readonly HashSet<string> distinct;

    private TitleSignature(string[] words) => (this.words, distinct) = (words, [.. words]);

    /// <summary>The signature of a headline.</summary>
    public static TitleSignature Of(string title)
    {
        var folded = Label().Replace(title, "").Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        var plain = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’'))
            {
                plain.Append(char.IsLetterOrDigit(c) ? c : ' ');
            }
        }

        return new TitleSignature(plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// Whether two headlines are nearly the same: the same words, or one goes on where the other ends, or at least four of five words are shared. Different figures make
    /// different headlines: "budget for 2024" is not "budget for 2025".
    /// </summary>
    public bool IsNearDuplicateOf(TitleSignature other)
    {
        if (words.Length == 0 || other.words.Length == 0)
        {
            return false;
        }

        var (shorter, longer) = words.Length <= other.words.Length ? (this, other) : (other, this);
        if (shorter.words.Length == longer.words.Length && shorter.words.AsSpan().SequenceEqual(longer.words))
        {
            return true;
        }

        if (shorter.distinct.Count < FewestWords)
        {
            return false;
        }

        return longer.words.AsSpan().StartsWith(shorter.words) || (shorter.Figures().SetEquals(longer.Figures()) && SharedShare(shorter, longer) >= EnoughShared);
    }

    /// <summary>Whether two headlines have exactly the same words in the same order, labels such as "Update:" apart.</summary>
    public bool IsSameAs(TitleSignature other) => words.Length > 0 && words.AsSpan().SequenceEqual(other.words);

    /// <summary>Whether two headlines are alike but for their figures: a series, such as "budget for 2024" and "budget for 2025", or "part 1" and "part 2".</summary>
    public bool IsOfSeriesWith(TitleSignature other)
    {
        var (figures, others) = (Figures(), other.Figures());
        if (figures.SetEquals(others))
        {
            return false;
        }

        var (plain, otherPlain) = (distinct.Except(figures).ToHashSet(), other.distinct.Except(others).ToHashSet());
        var shared = plain.Count(otherPlain.Contains);
        return shared > 0 && (double)shared / (plain.Count + otherPlain.Count - shared) >= EnoughShared;
    }

    private HashSet<string> Figures() => [.. distinct.Where(word => word.Any(char.IsDigit))];

    private static double SharedShare(TitleSignature left, TitleSignature right)
    {
        var shared = left.distinct.Count(right.distinct.Contains);
        return (double)shared / (left.distinct.Count + right.distinct.Count - shared);
    }

    [GeneratedRegex(@"^\s*(?:\[?(?:update[ds]?(?:\s*\d+)?|correct(?:ed|ion)|live|watch|video|breaking|exclusive|just in|photos|listen)\]?\s*[:\-–—|]\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
