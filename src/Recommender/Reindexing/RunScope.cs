namespace Recommender.Reindexing;

/// <summary>What a run does.</summary>
public enum RunScope
{
    /// <summary>What came or changed since the last run, by what that learned: the terms, places and running stories of these articles, and every list that they are in or belong in.</summary>
    Changed,

    /// <summary>Everything: what the site has learned, and every article's terms, place, running story and list.</summary>
    Whole,
}
