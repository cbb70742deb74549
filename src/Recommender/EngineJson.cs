using System.Text.Json.Serialization;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Clicks;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Publishing;
using Recommender.Ranking.Models;
using Recommender.Reindexing;
using Recommender.Reporting;

namespace Recommender;

/// <summary>How the engine writes its own rows. The formats of the API and of interchange files are separate.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Article))]
[JsonSerializable(typeof(ArticleCard))]
[JsonSerializable(typeof(StoredOverride))]
[JsonSerializable(typeof(StoredAuditEntry))]
[JsonSerializable(typeof(StoredDraft))]
[JsonSerializable(typeof(StoredPublication))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(Intent))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RunMark))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<ClickCount>))]
[JsonSerializable(typeof(SurveyReport))]
[JsonSerializable(typeof(List<TimelineKey>))]
[JsonSerializable(typeof(LearnedModelContent))]
internal sealed partial class EngineJson : JsonSerializerContext;
