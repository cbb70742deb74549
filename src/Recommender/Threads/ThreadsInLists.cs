namespace Recommender.Threads;

/// <summary>What lists make of articles that tell one running story.</summary>
public enum ThreadsInLists
{
    /// <summary>A thread is in a list at most once: by its best-ranked article, the page's own thread by its newest.</summary>
    Collapse,

    /// <summary>The page's own thread comes first, newest development first, and may fill the list; others are in it at most once.</summary>
    Follow,

    /// <summary>Nothing: articles of a thread are in a list like any others.</summary>
    Show,
}
