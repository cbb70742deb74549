namespace Recommender.Changes;

/// <summary>
/// Something that happened in a site, told so that every process can forget what it cached of it. It says what to read again,
/// never what the new content is, so hearing of a change twice or out of order does no harm.
/// </summary>
public sealed record Change
{
    /// <summary>Ids of articles that were published, changed or removed: their cards and analysis are new.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>Whether a reindex changed them, so that the lists it writes go by them already.</summary>
    public bool ByRun { get; init; }

    /// <summary>Ids of articles whose neighbour lists changed.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Topics whose latest stories changed.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Scopes whose overrides changed, as <see cref="Editorial.OverrideScope.ToString"/> writes them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Hashes of canonical URLs that now lead to another article.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>Whether what the site has learned changed: its models.</summary>
    public bool Models { get; init; }

    /// <summary>Whether everything may have changed, as after a reindex.</summary>
    public bool Everything { get; init; }

    /// <summary>Whether the site became what a backup says, so that what was done with its articles before is no measure of what is to be done.</summary>
    public bool Restored { get; init; }

    /// <summary>This and <paramref name="other"/> as one.</summary>
    public Change And(Change other) => new()
    {
        Articles = [.. Articles.Union(other.Articles, StringComparer.Ordinal)],
        ByRun = ByRun && other.ByRun,
        Lists = [.. Lists.Union(other.Lists, StringComparer.Ordinal)],
        Topics = [.. Topics.Union(other.Topics, StringComparer.Ordinal)],
        Scopes = [.. Scopes.Union(other.Scopes, StringComparer.Ordinal)],
        Pages = [.. Pages.Union(other.Pages, StringComparer.Ordinal)],
        Models = Models || other.Models,
        Everything = Everything || other.Everything,
        Restored = Restored || other.Restored,
    };
}
