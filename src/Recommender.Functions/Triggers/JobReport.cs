namespace Recommender.Functions.Triggers;

/// <summary>What a job did.</summary>
/// <param name="Lines">What happened, a line for each thing, with the site before it.</param>
/// <param name="Failures">Those of them that say why it failed for a site; empty when it went well.</param>
public sealed record JobReport(IReadOnlyList<string> Lines, IReadOnlyList<string> Failures);
