using System.Text.Json.Serialization;
using Recommender.Ingestion.Feeds;

namespace Recommender.Ingestion;

/// <summary>What is known of a feed between two polls.</summary>
public sealed record FeedState
{
    /// <summary>The feed's URL.</summary>
    public required string Url { get; init; }

    /// <summary>What each of its documents answered last, by address: the feed itself, and the sitemaps of an index. Only those whose items were all dealt with.</summary>
    public IReadOnlyDictionary<string, DocumentState> Documents { get; init; } = new Dictionary<string, DocumentState>();

    /// <summary>When it was asked last.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>When it last answered with a feed, or that nothing changed.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Failures since then.</summary>
    public int Failures { get; init; }

    /// <summary>Why it failed last; null when it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>Before then it is not asked again.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Version in the store.</summary>
    [JsonIgnore]
    public string? Version { get; init; }
}

/// <summary>What one document of a feed answered.</summary>
/// <param name="ETag">Its ETag.</param>
/// <param name="LastModified">Its Last-Modified.</param>
/// <param name="Hash">Hash of its bytes, for servers without either.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Listed">When it changed, as the index that names it writes it.</param>
public sealed record DocumentState(string? ETag, string? LastModified, string Hash, FeedKind Kind, string? Listed = null);

/// <summary>What is known of one item of a feed.</summary>
public sealed record KnownItem
{
    /// <summary>Hash of what the feed said of it.</summary>
    [JsonPropertyName("f")]
    public required string Fingerprint { get; init; }

    /// <summary>Id of its article; null when there is none.</summary>
    [JsonPropertyName("i")]
    public string? Id { get; init; }

    /// <summary>Short hash of the document that holds it.</summary>
    [JsonPropertyName("s")]
    public required string Source { get; init; }

    /// <summary>Times that its page could not be fetched.</summary>
    [JsonPropertyName("n")]
    public int Attempts { get; init; }

    /// <summary>When to try its page again; null when it is dealt with.</summary>
    [JsonPropertyName("r")]
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When it was dealt with last.</summary>
    [JsonPropertyName("c")]
    public DateTimeOffset Checked { get; init; }
}

/// <summary>JSON of the table Feeds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FeedState))]
[JsonSerializable(typeof(Dictionary<string, KnownItem>))]
internal sealed partial class FeedJson : JsonSerializerContext;
