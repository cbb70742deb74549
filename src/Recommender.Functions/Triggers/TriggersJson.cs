using System.Text.Json;
using System.Text.Json.Serialization;
using Recommender.Functions.Triggers.Queues;

namespace Recommender.Functions.Triggers;

/// <summary>JSON of runs and of orders for them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(RunOrder))]
internal sealed partial class TriggersJson : JsonSerializerContext;
