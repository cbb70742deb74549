using System.Text.Json.Serialization;

namespace Recommender.Functions.Triggers;

/// <summary>What the Functions host wants to hear when a function it called has done its work: an empty answer would never complete it.</summary>
/// <param name="Logs">Lines for the function's log.</param>
internal sealed record InvocationAnswer([property: JsonPropertyName("Logs"), JsonPropertyOrder(1)] IReadOnlyList<string> Logs)
{
    /// <summary>Values for output bindings: none of its functions has any.</summary>
    [JsonPropertyName("Outputs")]
    public IReadOnlyDictionary<string, string> Outputs { get; } = new Dictionary<string, string>();

    /// <summary>Value for the return binding: none of its functions has any.</summary>
    [JsonPropertyName("ReturnValue"), JsonPropertyOrder(2)]
    public string? ReturnValue { get; }
}

/// <summary>JSON of the contract with the Functions host.</summary>
[JsonSerializable(typeof(InvocationAnswer))]
[JsonSerializable(typeof(string))]
internal sealed partial class InvocationJson : JsonSerializerContext;
