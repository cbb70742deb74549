namespace Recommender.Benchmarks.Running;

/// <summary>What is told of many measurements.</summary>
internal static class Samples
{
    /// <summary>The middle one.</summary>
    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);

    /// <summary>The smallest that so large a share, 0 to 1, does not exceed.</summary>
    public static double Quantile(this IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToList();
        return ordered[Math.Clamp((int)Math.Ceiling(share * ordered.Count) - 1, 0, ordered.Count - 1)];
    }
}
