using Recommender.Evaluation;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;

namespace Recommender.Ranking.Learning;

/// <summary>A page's candidates, as its ranker sees them, and what editors made of them.</summary>
/// <param name="Page">Id of the page.</param>
/// <param name="Stories">Ids of the candidates.</param>
/// <param name="Table">Their features, a row each.</param>
/// <param name="Grades">What editors found related, among the candidates or not, and how much.</param>
public sealed record JudgedList(string Page, IReadOnlyList<string> Stories, FeatureTable Table, IReadOnlyDictionary<string, int> Grades)
{
    /// <summary>Places that count when rankers are compared.</summary>
    public const int Cutoff = 5;

    /// <summary>nDCG of the order into which a model brings the candidates.</summary>
    public double NdcgOf(RelevanceModel model)
    {
        var ranking = Stories.Index()
            .OrderByDescending(story => model.LogOdds(Table.Row(story.Index)))
            .ThenBy(story => story.Item, StringComparer.Ordinal)
            .Select(story => story.Item)
            .Take(Cutoff);
        return NormalizedGain.At(Cutoff, [.. ranking], Grades);
    }
}
