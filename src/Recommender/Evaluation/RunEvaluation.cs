namespace Recommender.Evaluation;

/// <summary>A run judged: figures over all queries, those without an answer counted as 0.</summary>
/// <param name="Queries">Number of queries.</param>
/// <param name="Figures">One for each measure.</param>
public sealed record RunEvaluation(int Queries, IReadOnlyList<Figure> Figures)
{
    /// <summary>Judges a run.</summary>
    /// <exception cref="ArgumentException">There are no queries.</exception>
    public static RunEvaluation Of(TrecRun run, Qrels qrels, IReadOnlyList<Measure> measures) => new(
        qrels.Queries.Count,
        [.. measures.Select(measure => Figure.Of(measure.Name, [.. qrels.Queries.Select(query => measure.Of(run.Of(query), qrels.Of(query)))]))]);
}

/// <summary>A measure over all queries.</summary>
/// <param name="Name">The measure's name.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="Interval">Where the mean lies in 95 of 100 cases.</param>
/// <param name="PerQuery">Its value for each query, in the judgements' order.</param>
public sealed record Figure(string Name, double Mean, BootstrapInterval Interval, IReadOnlyList<double> PerQuery)
{
    /// <summary>The mean of <paramref name="perQuery"/> and its interval.</summary>
    /// <exception cref="ArgumentException">There are no queries.</exception>
    public static Figure Of(string name, IReadOnlyList<double> perQuery) => new(name, perQuery.DefaultIfEmpty().Average(), BootstrapInterval.OfMean(perQuery), perQuery);
}
