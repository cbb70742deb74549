using System.Text.Json.Serialization;
using Recommender.Duplicates;
using Recommender.Threads;

namespace Recommender.Articles;

/// <summary>An indexed piece, valid and clean: made from an <see cref="ArticleInput"/> by <see cref="ArticleValidator"/>.</summary>
public sealed record Article
{
    /// <summary>Stable and unique in its site: the publisher's own id, or derived from the URL by <see cref="ArticleId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Absolute and canonical (<see cref="CanonicalUrl"/>).</summary>
    public required string Url { get; init; }

    /// <summary>Plain text, one line.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences of plain text; empty when there are none.</summary>
    public string Dek { get; init; } = "";

    /// <summary>Plain text, paragraphs between blank lines; empty for a headline-only article.</summary>
    public string Body { get; init; } = "";

    /// <summary>When it was first published, in UTC. A later instant than now keeps it out of every list until then.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>When it was last changed in substance, in UTC; null when never.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Topics it is filed under, in the publisher's order, each slug once.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    /// <summary>Topics that the site's model found for an article that its publisher did not file; empty as soon as it has <see cref="Topics"/> of its own.</summary>
    public IReadOnlyList<Topic> AssignedTopics { get; init; } = [];

    /// <summary>Topics it is under: its own, else those assigned.</summary>
    [JsonIgnore]
    public IReadOnlyList<Topic> EffectiveTopics => Topics.Count > 0 ? Topics : AssignedTopics;

    /// <summary>Names as they are to be shown.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>A thumbnail, or null.</summary>
    public ArticleImage? Image { get; init; }

    /// <summary>BCP 47 tag in lower case, such as <c>en</c> or <c>pt-br</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Canonical URLs that the body links to: what an editor found related.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Whether it is of use whatever its age: a guide, an obituary, a recipe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Evergreen { get; init; }

    /// <summary>By which copies of its text are known; null until it is published, and for one published before there were any.</summary>
    public Fingerprint? Fingerprint { get; init; }

    /// <summary>The running story that it tells, which the engine finds; null when it tells none. No part of what was sent.</summary>
    public StoryThread? Thread { get; init; }

    /// <summary>The parts that a list shows.</summary>
    [JsonIgnore]
    public ArticleCard Card => new()
    {
        Id = Id,
        Url = Url,
        Title = Title,
        Dek = Dek,
        Published = Published,
        Updated = Updated,
        Topics = [.. EffectiveTopics.Select(topic => topic.Slug)],
        Authors = Authors,
        Evergreen = Evergreen,
        Image = Image,
        Language = Language,
        Fingerprint = Fingerprint,
        Thread = Thread,
    };
}

/// <summary>What a list shows of an article.</summary>
public sealed record ArticleCard
{
    /// <inheritdoc cref="Article.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="Article.Url"/>
    public required string Url { get; init; }

    /// <inheritdoc cref="Article.Title"/>
    public required string Title { get; init; }

    /// <inheritdoc cref="Article.Dek"/>
    public string Dek { get; init; } = "";

    /// <inheritdoc cref="Article.Published"/>
    public required DateTimeOffset Published { get; init; }

    /// <inheritdoc cref="Article.Updated"/>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Slugs of its topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <inheritdoc cref="Article.Authors"/>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <inheritdoc cref="Article.Evergreen"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Evergreen { get; init; }

    /// <inheritdoc cref="Article.Image"/>
    public ArticleImage? Image { get; init; }

    /// <inheritdoc cref="Article.Language"/>
    public required string Language { get; init; }

    /// <inheritdoc cref="Article.Fingerprint"/>
    public Fingerprint? Fingerprint { get; init; }

    /// <inheritdoc cref="Article.Thread"/>
    public StoryThread? Thread { get; init; }
}

/// <summary>A thumbnail. Width and height are in pixels and let a page reserve the space before the image is there.</summary>
public sealed record ArticleImage(string Url, string Alt = "", int? Width = null, int? Height = null);

/// <summary>Something that articles are filed under: a slug for keys and URLs, and the name that readers see.</summary>
public readonly record struct Topic(string Slug, string Name);
