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

    /// <summary>The probability times <paramref name="weight"/>, the same to the last bit as the parts of its explanation sum to.</summary>
    public double Of(Candidate candidate, double weight)
    {
        if (!rows.TryGetValue(candidate.Id, out var place))
        {
            return 0;
        }

        Span<double> values = stackalloc double[Families.Length + 2];
        TakeApart(place, candidate, weight, values);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The probability times <paramref name="weight"/>, taken apart into what each feature contributes.</summary>
    public Explanation Explain(Candidate candidate, double weight)
    {
        if (!rows.TryGetValue(candidate.Id, out var place))
        {
            return Explanation.Leaf("relevance", 0, "not among the page's neighbours");
        }

        Span<double> values = stackalloc double[Families.Length + 2];
        TakeApart(place, candidate, weight, values);
        var row = table.Row(place);
        var parts = new List<Explanation>(values.Length) { Explanation.Leaf("baseline", values[0], $"{model.Source} weights") };
        for (var family = 0; family < Families.Length; family++)
        {
            parts.Add(Explanation.Leaf(Families[family], values[family + 1], Detail(row, family)));
        }

        parts.Add(Explanation.Leaf("links", values[^1], LinkEvidence.Describe(PairFeatures.LinksOf(candidate.Features))));
        return Explanation.Sum("relevance", parts);
    }

    // What the model says to begin with, then each family's part, then that of links.
    private void TakeApart(int place, Candidate candidate, double weight, Span<double> values)
    {
        var row = table.Row(place);
        Span<double> contributions = stackalloc double[row.Length];
        contributions.Clear();
        values.Clear();
        model.Contribute(row, contributions);
        var links = LinkEvidence.LogOdds(PairFeatures.LinksOf(candidate.Features));
        var total = model.Baseline + links;
        for (var column = 0; column < row.Length; column++)
        {
            values[FamilyOf[column] + 1] += contributions[column];
            total += contributions[column];
        }

        var slope = weight * RelevanceModel.Slope(model.Baseline, total);
        values[0] = weight * RelevanceModel.Probability(model.Baseline);
        values[^1] = links;
        foreach (ref var value in values[1..])
        {
            value *= slope;
        }
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
