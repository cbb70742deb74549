namespace Recommender.Evaluation;

/// <summary>
/// Where a mean over all possible queries lies in 95 of 100 cases: the percentile bootstrap of Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
/// Draws come from a fixed seed, so the same figures always have the same interval.
/// </summary>
/// <param name="Low">The 2.5th percentile.</param>
/// <param name="High">The 97.5th percentile.</param>
public readonly record struct BootstrapInterval(double Low, double High)
{
    private const int Resamples = 10_000;
    private const double Tail = 0.025;
    private const int Seed = 20_250_101;

    /// <summary>The interval of the mean of <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static BootstrapInterval OfMean(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("No values have no mean.", nameof(values));
        }

        var random = new Random(Seed);
        var sample = values.ToArray();
        var means = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var sum = 0.0;
            for (var draw = 0; draw < sample.Length; draw++)
            {
                sum += sample[random.Next(sample.Length)];
            }

            means[resample] = sum / sample.Length;
        }

        Array.Sort(means);
        return new BootstrapInterval(means[(int)(Tail * Resamples)], means[^((int)(Tail * Resamples) + 1)]);
    }
}
