using System.Text.Json;
using System.Text.Json.Serialization;
using Recommender.Functions.Api.Articles;
using Recommender.Functions.Api.Clicks;
using Recommender.Functions.Api.Lists;
using Recommender.Functions.Api.Overrides;

namespace Recommender.Functions.Api;

/// <summary>JSON of the HTTP interface.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(PublishAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ImportSummary))]
[JsonSerializable(typeof(OverrideBody))]
[JsonSerializable(typeof(OverrideAnswer))]
[JsonSerializable(typeof(OverridesAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(ClickBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
