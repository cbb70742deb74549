namespace Recommender.Reporting;

/// <summary>What was found when a site's lists were looked through.</summary>
public sealed record SurveyReport
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Pages whose lists were looked at: the newest.</summary>
    public required int Pages { get; init; }

    /// <summary>Of these, lists in which every slot is filled by what was chosen for the page.</summary>
    public required int Complete { get; init; }

    /// <summary>Lists that the latest stories had to fill up.</summary>
    public required int Partial { get; init; }

    /// <summary>Lists of nothing but the latest stories.</summary>
    public required int Fallback { get; init; }

    /// <summary>Lists without a story.</summary>
    public required int Empty { get; init; }

    /// <summary>Some of those that are not complete: the empty first, then those with the least chosen, then the newest.</summary>
    public required IReadOnlyList<ThinList> Thin { get; init; }

    /// <summary>The stories that stand in most lists.</summary>
    public required IReadOnlyList<FrequentStory> Frequent { get; init; }
}

/// <summary>A list with less than was to be chosen for its page.</summary>
/// <param name="Page">Id of the page.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Chosen">Items chosen for it.</param>
/// <param name="Shown">Items that readers see.</param>
/// <param name="Wanted">Slots.</param>
public sealed record ThinList(string Page, string Title, int Chosen, int Shown, int Wanted);

/// <summary>A story that stands in many lists.</summary>
/// <param name="Story">Its id.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Lists">Lists that it stands in.</param>
/// <param name="Pinned">Of these, those in which an editor pinned it.</param>
public sealed record FrequentStory(string Story, string Title, int Lists, int Pinned);
