using System.Globalization;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Ranking;

/// <summary>
/// Scores candidates: <c>(1 − w) · relevance + w · recency</c>, w being the site's weight of recency, then times what editors say. Relevance is the model's probability that an
/// editor would have chosen the story; recency is judged at the instant of the request.
/// </summary>
public static class Ranker
{
    /// <summary>
    /// The candidates that reach the site's floor by similarity or by recency, or that are linked with the page, best first; among equals the newer, then by id, so that an order is always the same. A little
    /// of both does not add up to a story that fits: today's news that shares a stray word with the page is left to the cascade, which keeps its order.
    /// </summary>
    /// <param name="settings">The site's weights.</param>
    /// <param name="model">Judges relevance.</param>
    /// <param name="page">When the page was published.</param>
    /// <param name="candidates">Candidates, each id once.</param>
    /// <param name="boosts">Editors' factors by id.</param>
    /// <param name="now">The instant of the request.</param>
    public static IReadOnlyList<RankedCandidate> Rank(
        RankingSettings settings,
        RelevanceModel model,
        DateTimeOffset page,
        IReadOnlyCollection<Candidate> candidates,
        IReadOnlyDictionary<string, double> boosts,
        DateTimeOffset now)
    {
        var relevance = new Relevance(model, page, candidates);
        var floor = settings.Floor ?? RankingSettings.UnmeasuredFloor;
        return [.. candidates
            .Select(candidate => Score(settings, floor, relevance, candidate, boosts.GetValueOrDefault(candidate.Id, 1), now))
            .OfType<RankedCandidate>()
            .OrderByDescending(ranked => ranked.Score)
            .ThenByDescending(ranked => ranked.Candidate.Published)
            .ThenBy(ranked => ranked.Candidate.Id, StringComparer.Ordinal)];
    }

    /// <summary>What a story scores by its date alone.</summary>
    public static Explanation ScoreByDate(RankingSettings settings, Candidate candidate, DateTimeOffset now) =>
        Explanation.Sum("score", Explanation.Leaf("relevance", 0, "not among the page's neighbours"), RecencyPart(settings, candidate, now));

    private static RankedCandidate? Score(RankingSettings settings, double floor, Relevance relevance, Candidate candidate, double boost, DateTimeOffset now)
    {
        var recency = settings.RecencyWeight * Recency.Of(settings, candidate.Topics, candidate.Evergreen, now - candidate.Published);
        var reachesFloor = boost * candidate.Similarity >= floor || (boost > 0 && PairFeatures.LinksOf(candidate.Features) != BodyLinks.None);
        var isSimilar = settings.RecencyWeight < 1 && candidate.Similarity > 0 && reachesFloor;
        if (!isSimilar && boost * recency < floor)
        {
            return null;
        }

        // Summed in the order of the explanation's parts, so that the two are the same to the last bit.
        var sum = relevance.Of(candidate, 1 - settings.RecencyWeight) + recency;
        var score = boost == 1 ? sum : sum + ((boost - 1) * sum);
        return score > 0 ? new RankedCandidate(candidate, score, () => Explain(settings, relevance, candidate, boost, now)) { IsSimilar = isSimilar } : null;
    }

    private static Explanation Explain(RankingSettings settings, Relevance relevance, Candidate candidate, double boost, DateTimeOffset now)
    {
        Explanation[] parts = [relevance.Explain(candidate, 1 - settings.RecencyWeight), RecencyPart(settings, candidate, now)];
        return boost == 1
            ? Explanation.Sum("score", parts)
            : Explanation.Sum("score", [.. parts, Explanation.Leaf("boost", (boost - 1) * parts.Sum(part => part.Value), Invariant($"× {boost:0.###} by an editor"))]);
    }

    private static Explanation RecencyPart(RankingSettings settings, Candidate candidate, DateTimeOffset now)
    {
        var age = now - candidate.Published;
        var recency = Recency.Of(settings, candidate.Topics, candidate.Evergreen, age);
        return Explanation.Leaf("recency", settings.RecencyWeight * recency, Invariant(
            $"{settings.RecencyWeight:0.###} × {recency:0.####}, {age.TotalDays:0.#} days old with a half-life of {Recency.HalfLife(settings, candidate.Topics).TotalDays:0.#} days{(candidate.Evergreen ? ", evergreen" : "")}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
