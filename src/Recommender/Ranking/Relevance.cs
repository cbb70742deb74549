using System.Globalization;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;

namespace Recommender.Ranking;

/// <summary>How likely each of a page's candidates belongs under it, and why.</summary>
internal sealed class Relevance
{
    private static readonly string[] Families = [.. FeatureTable.Columns.Select(column => column.Family).Distinct(StringComparer.Ordinal)];
    private static readonly int[] FamilyOf = [.. FeatureTable.Columns.Select(column => Array.IndexOf(Families, column.Family))];

    private readonly RelevanceModel model;
    private readonly FeatureTable table;
    private readonly Dictionary<string, int> rows;

    /// <summary>Judges the candidates that have features.</summary>
    public Relevance(RelevanceModel model, DateTimeOffset page, IEnumerable<Candidate> candidates)
    {
        var judged = candidates.Where(candidate => candidate.Features.Length > 0).ToList();
        this.model = model;
        table = FeatureTable.Of([.. judged.Select(candidate => (candidate.Features, candidate.Published - page))]);
        rows = judged.Index().ToDictionary(entry => entry.Item.Id, entry => entry.Index, StringComparer.Ordinal);
    }

    /// <summary>The probability, 0 to 1; 0 for a candidate without features.</summary>
    public double Of(Candidate candidate) => rows.TryGetValue(candidate.Id, out var row) ? RelevanceModel.Probability(model.LogOdds(table.Row(row)) + LinkEvidence.LogOdds(PairFeatures.LinksOf(candidate.Features))) : 0;

    /// <summary>The probability times <paramref name="weight"/>, taken apart into what each feature contributes.</summary>
    public Explanation Explain(Candidate candidate, double weight)
    {
        if (!rows.TryGetValue(candidate.Id, out var place))
        {
            return Explanation.Leaf("relevance", 0, "not among the page's neighbours");
        }

        var row = table.Row(place);
        Span<double> contributions = stackalloc double[row.Length];
        contributions.Clear();
        model.Contribute(row, contributions);
        var sums = new double[Families.Length];
        var links = PairFeatures.LinksOf(candidate.Features);
        var total = model.Baseline + LinkEvidence.LogOdds(links);
        for (var column = 0; column < row.Length; column++)
        {
            sums[FamilyOf[column]] += contributions[column];
            total += contributions[column];
        }

        var slope = weight * RelevanceModel.Slope(model.Baseline, total);
        var parts = new List<Explanation> { Explanation.Leaf("baseline", weight * RelevanceModel.Probability(model.Baseline), $"{model.Source} weights") };
        for (var family = 0; family < Families.Length; family++)
        {
            parts.Add(Explanation.Leaf(Families[family], slope * sums[family], Detail(row, family)));
        }

        parts.Add(Explanation.Leaf("links", slope * LinkEvidence.LogOdds(links), LinkEvidence.Describe(links)));
        return Explanation.Sum("relevance", parts);
    }

    private static string Detail(ReadOnlySpan<float> row, int family)
    {
        var details = new List<string>();
        for (var column = 0; column < row.Length; column++)
        {
            if (FamilyOf[column] == family)
            {
                details.Add(details.Count == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{FeatureTable.Columns[column].Meaning}: {row[column]:0.###}")
                    : string.Create(CultureInfo.InvariantCulture, $"{row[column]:0.##} of the best here"));
            }
        }

        return string.Join(", ", details);
    }
}
