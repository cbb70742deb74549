using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>What two texts share, counted and not estimated.</summary>
internal static partial class ExactResemblance
{
    /// <summary>The greater of: the share of all pairs of neighbouring words that both bodies have, and 0.9 of the share of the shorter body's.</summary>
    public static double Of(Article left, Article right)
    {
        var (one, other) = (PairsOf(left), PairsOf(right));
        var shared = one.Count(other.Contains);
        var all = one.Count + other.Count - shared;
        return all == 0 ? 0 : Math.Max((double)shared / all, 0.9 * shared / Math.Max(1, Math.Min(one.Count, other.Count)));
    }

    private static HashSet<(string, string)> PairsOf(Article article)
    {
        var words = Word().Matches($"{(article.Body.Length > 0 ? article.Body : article.Title)}").Select(match => match.Value.ToLowerInvariant()).ToList();
        return [.. words.Zip(words.Skip(1))];
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
