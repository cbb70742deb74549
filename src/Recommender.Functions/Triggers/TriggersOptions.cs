namespace Recommender.Functions.Triggers;

/// <summary>What runs by itself, section <c>Triggers</c>.</summary>
public sealed class TriggersOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Triggers";

    /// <summary>
    /// Whether this process runs the timers of <c>functions/</c> itself, at their schedules in UTC. Behind the Functions host they come from there, whatever stands here. Default: true.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
