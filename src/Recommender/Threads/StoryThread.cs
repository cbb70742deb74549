namespace Recommender.Threads;

/// <summary>A running story that at least two articles tell.</summary>
/// <param name="Id">Stable while the thread lives: made from the id of the article that it began with.</param>
/// <param name="Name">The terms that its articles share, as people write them: "Gullhaven Harbour · dredging".</param>
public sealed record StoryThread(string Id, string Name);
