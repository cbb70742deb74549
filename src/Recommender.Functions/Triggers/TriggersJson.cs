using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommender.Functions.Triggers;

/// <summary>JSON of runs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunAnswer))]
internal sealed partial class TriggersJson : JsonSerializerContext;
