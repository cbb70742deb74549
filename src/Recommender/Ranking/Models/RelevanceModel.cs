namespace Recommender.Ranking.Models;

/// <summary>
/// Says how likely an editor would have put a story under a page, from the columns of a <see cref="Features.FeatureTable"/>. What it says is a sum of log-odds, one for each column,
/// so that each choice can be explained.
/// </summary>
public abstract class RelevanceModel
{
    /// <summary>Where it comes from, for explanations: <c>shipped</c>, or the run that learned it.</summary>
    public abstract string Source { get; }

    /// <summary>Log-odds of a story of which nothing speaks for or against it.</summary>
    public abstract double Baseline { get; }

    /// <summary>Adds the log-odds that each column contributes to <paramref name="contributions"/>, one for each of <see cref="Features.FeatureTable.Columns"/>.</summary>
    public abstract void Contribute(ReadOnlySpan<float> row, Span<double> contributions);

    /// <summary>Log-odds of the story that a row describes.</summary>
    public double LogOdds(ReadOnlySpan<float> row)
    {
        Span<double> contributions = stackalloc double[row.Length];
        contributions.Clear();
        Contribute(row, contributions);
        var sum = Baseline;
        foreach (var contribution in contributions)
        {
            sum += contribution;
        }

        return sum;
    }

    /// <summary>Probability of some log-odds.</summary>
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>
    /// How many points of probability one of log-odds is worth on the way from <paramref name="from"/> to <paramref name="to"/>, on average: by it, contributions become parts of a
    /// probability that sum to it.
    /// </summary>
    public static double Slope(double from, double to)
    {
        var middle = Probability((from + to) / 2);
        return Math.Abs(to - from) < 1e-6 ? middle * (1 - middle) : (Probability(to) - Probability(from)) / (to - from);
    }
}
