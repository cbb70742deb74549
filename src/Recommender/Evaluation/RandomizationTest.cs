namespace Recommender.Evaluation;

/// <summary>
/// Whether two systems differ on the same queries by more than chance: the paired, two-sided randomisation test (Fisher's), which Smucker, Allan and Carterette,
/// "A comparison of statistical significance tests for information retrieval evaluation", CIKM 2007, found the most trustworthy. Were the systems equal, each query's two figures
/// could be swapped; p is the share of random swaps that give at least the difference seen, itself counted. Swaps come from a fixed seed.
/// </summary>
public static class RandomizationTest
{
    private const int Trials = 10_000;
    private const int Seed = 20_250_102;

    // Sums of the same figures in another order may differ in their last bits.
    private const double Slack = 1e-12;

    /// <summary>The p-value, <c>1 / 10,001</c> to 1.</summary>
    /// <exception cref="ArgumentException">The two do not have the same number of queries.</exception>
    public static double PValue(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        if (one.Count != other.Count)
        {
            throw new ArgumentException("Both systems need a figure for each query.", nameof(other));
        }

        var differences = one.Zip(other, (left, right) => left - right).Where(difference => difference != 0).ToArray();
        var seen = Math.Abs(differences.Sum());
        var random = new Random(Seed);
        var asGreat = 1;
        for (var trial = 0; trial < Trials; trial++)
        {
            var sum = 0.0;
            foreach (var difference in differences)
            {
                sum += random.Next(2) == 0 ? difference : -difference;
            }

            asGreat += Math.Abs(sum) >= seen - Slack ? 1 : 0;
        }

        return (double)asGreat / (Trials + 1);
    }
}
