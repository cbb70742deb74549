namespace Recommender.Similarity;

/// <summary>Which of a page and a story links to the other in its body.</summary>
[Flags]
public enum BodyLinks
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>The page links to the story.</summary>
    ToStory = 1,

    /// <summary>The story links to the page.</summary>
    ToPage = 2,
}
