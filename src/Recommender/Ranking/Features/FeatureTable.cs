namespace Recommender.Ranking.Features;

/// <summary>
/// What a ranker sees of a page's neighbours: a row each of all <see cref="Columns"/>. The pair features as they are, the time between the two publications, and some features once more
/// in relation to the best of the list.
/// </summary>
public sealed class FeatureTable
{
    private const double LongestApart = 4096;
    private static readonly int[] Relative = [.. PairFeatures.All.Index().Where(feature => feature.Item.IsRelative).Select(feature => feature.Index)];

    private readonly float[] values;

    private FeatureTable(float[] values) => this.values = values;

    /// <summary>The columns.</summary>
    public static IReadOnlyList<FeatureColumn> Columns { get; } =
    [
        .. PairFeatures.All.Select(feature => new FeatureColumn(feature.Name, feature.Name, feature.Meaning)),
        new FeatureColumn("time-apart", "time-apart", "time between the two publications, by the logarithm"),
        .. Relative.Select(index => PairFeatures.All[index]).Select(feature => new FeatureColumn(
            $"{feature.Name}-relative", feature.Name, $"{feature.Meaning}, in relation to the best of the list")),
    ];

    /// <summary>The values of one candidate, in the order of <see cref="Columns"/>.</summary>
    public ReadOnlySpan<float> Row(int candidate) => values.AsSpan(candidate * Columns.Count, Columns.Count);

    /// <summary>The table of candidates. What is not known of one is taken to be as in the middle of the others.</summary>
    public static FeatureTable Of(IReadOnlyList<(byte[] Features, TimeSpan Apart)> candidates)
    {
        var values = new float[candidates.Count * Columns.Count];
        for (var candidate = 0; candidate < candidates.Count; candidate++)
        {
            var row = values.AsSpan(candidate * Columns.Count, Columns.Count);
            if (!PairFeatures.TryUnpack(candidates[candidate].Features, row))
            {
                row[..PairFeatures.All.Count].Fill(float.NaN);
            }

            row[PairFeatures.All.Count] = (float)Math.Min(1, Math.Log(1 + Math.Abs(candidates[candidate].Apart.TotalDays)) / Math.Log(LongestApart));
        }

        for (var column = 0; column < PairFeatures.All.Count; column++)
        {
            Complete(values, column);
        }

        for (var place = 0; place < Relative.Length; place++)
        {
            Relate(values, Relative[place], PairFeatures.All.Count + 1 + place);
        }

        return new FeatureTable(values);
    }

    private static void Complete(float[] values, int column)
    {
        var (sum, known) = (0.0, 0);
        for (var at = column; at < values.Length; at += Columns.Count)
        {
            (sum, known) = float.IsNaN(values[at]) ? (sum, known) : (sum + values[at], known + 1);
        }

        for (var at = column; at < values.Length; at += Columns.Count)
        {
            values[at] = float.IsNaN(values[at]) ? known > 0 ? (float)(sum / known) : 0 : values[at];
        }
    }

    private static void Relate(float[] values, int from, int to)
    {
        var best = 0f;
        for (var at = from; at < values.Length; at += Columns.Count)
        {
            best = Math.Max(best, values[at]);
        }

        for (var at = 0; at < values.Length; at += Columns.Count)
        {
            values[at + to] = best > 0 ? values[at + from] / best : 0;
        }
    }
}

/// <summary>A column of a <see cref="FeatureTable"/>.</summary>
/// <param name="Name">Its name, unique.</param>
/// <param name="Family">The feature it belongs to; columns of one feature are explained together.</param>
/// <param name="Meaning">What it is, for people.</param>
public sealed record FeatureColumn(string Name, string Family, string Meaning);
