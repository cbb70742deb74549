using System.Diagnostics;

namespace Recommender.Telemetry;

/// <summary>Where traces of the engine's own work come from; nothing is made while nobody listens.</summary>
public static class Activities
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "MoreStories";

    /// <summary>The source.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
