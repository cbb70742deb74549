using System.Text.Json.Serialization;
using Recommender.Threads;

namespace Recommender.Articles;

/// <summary>
/// An article as a CMS, a feed, a page or an interchange file gives it: nothing is certain yet. Also the shape of one line of the interchange
/// format and of the API's article bodies; unknown fields are ignored. <see cref="ArticleValidator"/> makes an <see cref="Article"/> of it or says what is wrong.
/// </summary>
public record ArticleInput
{
    /// <summary>The publisher's own id; derived from the URL when absent.</summary>
    public string? Id { get; init; }

    /// <summary>Absolute http or https URL. Required.</summary>
    public string? Url { get; init; }

    /// <summary>Headline; entities are decoded and markup is removed. Required.</summary>
    public string? Title { get; init; }

    /// <summary>Standfirst; entities are decoded and markup is removed.</summary>
    public string? Dek { get; init; }

    /// <summary>Plain text or HTML. Links in HTML are kept as evidence of what is related.</summary>
    public string? Body { get; init; }

    /// <summary>ISO 8601 or RFC 822, with or without a zone; without one, the site's zone is meant. Now, when absent.</summary>
    public string? Published { get; init; }

    /// <summary>As <see cref="Published"/>; may be absent.</summary>
    public string? Updated { get; init; }

    /// <summary>Names of topics.</summary>
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>Names of the topics that were assigned to an article that has none of its own. Given out to tell them from those; taken in only where nothing better is known.</summary>
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string>? AssignedTopics { get; init; }

    /// <summary>Names of authors.</summary>
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string>? Authors { get; init; }

    /// <summary>BCP 47 tag; the site's language when absent.</summary>
    public string? Language { get; init; }

    /// <summary>Thumbnail.</summary>
    public ArticleImage? Image { get; init; }

    /// <summary>URLs that the body links to, when <see cref="Body"/> is plain text and so cannot hold them.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Whether it is of use whatever its age, as a guide or a recipe is; false when absent.</summary>
    public bool? Evergreen { get; init; }
}

/// <summary>An article as the engine has it: what was sent, and what was found out about it.</summary>
public sealed record ArticleAnswer : ArticleInput
{
    /// <summary>The running story that it tells; absent when it tells none.</summary>
    public StoryThread? Thread { get; init; }
}

/// <summary>What is wrong with one field of an input, in words that can be shown to whoever sent it.</summary>
public readonly record struct FieldError(string Field, string Message);
