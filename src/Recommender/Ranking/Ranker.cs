using System.Globalization;
using Recommender.Sites;

namespace Recommender.Ranking;

/// <summary>
/// Scores candidates: <c>(1 − w) · similarity + w · 2^(−age / half-life)</c>, w being the site's weight of recency, then times what editors say.
/// Ages are judged at the instant of the request.
/// </summary>
public static class Ranker
{
    /// <summary>
    /// The candidates that reach the site's floor by similarity or by recency, best first; among equals the newer, then by id, so that an order is always the same. A little
    /// of both does not add up to a story that fits: today's news that shares a stray word with the page is left to the cascade, which keeps its order.
    /// </summary>
    /// <param name="settings">The site's weights.</param>
    /// <param name="candidates">Candidates, each id once.</param>
    /// <param name="boosts">Editors' factors by id.</param>
    /// <param name="now">The instant of the request.</param>
    public static IReadOnlyList<RankedCandidate> Rank(
        RankingSettings settings, IEnumerable<Candidate> candidates, IReadOnlyDictionary<string, double> boosts, DateTimeOffset now) =>
        [.. candidates
            .Select(candidate => new RankedCandidate(candidate, Score(settings, candidate, boosts.GetValueOrDefault(candidate.Id, 1), now)))
            .Where(ranked => ranked.Score > 0 && Reaches(settings, ranked, boosts.GetValueOrDefault(ranked.Candidate.Id, 1)))
            .OrderByDescending(ranked => ranked.Score)
            .ThenByDescending(ranked => ranked.Candidate.Published)
            .ThenBy(ranked => ranked.Candidate.Id, StringComparer.Ordinal)];

    /// <summary>The score of one candidate; its parts sum to it.</summary>
    public static Explanation Score(RankingSettings settings, Candidate candidate, double boost, DateTimeOffset now)
    {
        var age = now - candidate.Published;
        var recency = Recency.Of(settings, candidate.Topics, candidate.Evergreen, age);
        var similarityWeight = 1 - settings.RecencyWeight;
        Explanation[] parts =
        [
            Explanation.Leaf("similarity", similarityWeight * candidate.Similarity, Invariant($"{similarityWeight:0.###} × cosine {candidate.Similarity:0.####}")),
            Explanation.Leaf("recency", settings.RecencyWeight * recency, Invariant(
                $"{settings.RecencyWeight:0.###} × {recency:0.####}, {age.TotalDays:0.#} days old with a half-life of {Recency.HalfLife(settings, candidate.Topics).TotalDays:0.#} days{(candidate.Evergreen ? ", evergreen" : "")}")),
        ];
        return boost == 1
            ? Explanation.Sum("score", parts)
            : Explanation.Sum("score", [.. parts, Explanation.Leaf("boost", (boost - 1) * parts.Sum(part => part.Value), Invariant($"× {boost:0.###} by an editor"))]);
    }

    private static bool Reaches(RankingSettings settings, RankedCandidate ranked, double boost) =>
        boost * Math.Max(ranked.Explanation.Parts[0].Value, ranked.Explanation.Parts[1].Value) >= settings.Floor;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
