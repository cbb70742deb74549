using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommender.Functions.Telemetry;

/// <summary>How the application is.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> where readers get what is known but nothing new, or <c>unhealthy</c>.</param>
/// <param name="Checks">What it needs, one by one; absent where nothing was asked.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthDetail>? Checks = null)
{
    /// <summary>All is well.</summary>
    public const string Healthy = "healthy";
}

/// <summary>One thing that the application needs.</summary>
/// <param name="Name"><c>store</c> or <c>sites</c>.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> where readers get what is known but nothing new, or <c>unhealthy</c>.</param>
/// <param name="Detail">What was found.</param>
internal sealed record HealthDetail(string Name, string Status, string? Detail);

/// <summary>JSON of health.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
