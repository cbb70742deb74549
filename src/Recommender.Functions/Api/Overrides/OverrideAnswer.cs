using System.Buffers.Text;
using System.Text;
using System.Text.Json.Serialization;
using Recommender.Editorial;

namespace Recommender.Functions.Api.Overrides;

/// <summary>An override as the API gives it.</summary>
internal sealed record OverrideAnswer
{
    /// <summary><c>pin</c>, <c>block</c>, <c>boost</c> or <c>evergreen</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it holds: <c>page:ID</c>, <c>topic:SLUG</c> or <c>site</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Id of the story it is about.</summary>
    public required string Target { get; init; }

    /// <summary>The slot of a pin.</summary>
    public int? Slot { get; init; }

    /// <summary>What follows the slot and an <c>@</c> in the address of a pin; absent for the slot's own.</summary>
    public string? Turn { get; init; }

    /// <summary>The factor of a boost.</summary>
    public double? Factor { get; init; }

    /// <summary>In force from.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>In force until.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it is in force now.</summary>
    public bool? InForce { get; init; }

    /// <summary>Why.</summary>
    public required string Note { get; init; }

    /// <summary>Who decided.</summary>
    public required string Author { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>Its version, for If-Match.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>The answer for an override; <paramref name="now"/> null leaves open whether it is in force.</summary>
    public static OverrideAnswer Of(Override rule, DateTimeOffset? now) => new()
    {
        Kind = rule.Kind,
        Scope = rule.Scope.ToString(),
        Target = rule.Target,
        Slot = (rule as Pin)?.Slot,
        Turn = rule is Pin { Turn.Length: > 0 } pin ? pin.Turn : null,
        Factor = (rule as Boost)?.Factor,
        From = rule.From,
        Until = rule.Until,
        InForce = now is { } instant ? rule.IsInForce(instant) : null,
        Note = rule.Note,
        Author = rule.Author,
        Changed = rule.Changed,
        ETag = rule.ETag is { } etag ? Tag(etag) : null,
    };

    /// <summary>A store's version in the form of an HTTP entity tag: whatever the store writes, quotes hold it.</summary>
    public static string Tag(string version) => $"\"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(version))}\"";
}

/// <summary>The overrides of a scope, and for a page those that it has from its topics and the site.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Overrides">Its own, in force or not.</param>
/// <param name="Inherited">Those of wider scopes; absent unless the scope is a page.</param>
internal sealed record OverridesAnswer(string Scope, IReadOnlyList<OverrideAnswer> Overrides, IReadOnlyList<OverrideAnswer>? Inherited = null);
