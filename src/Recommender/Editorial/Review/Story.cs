using Recommender.Articles;

namespace Recommender.Editorial.Review;

/// <summary>A story that a rule is about, as far as anybody knows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Card">What is shown of it; null when it was taken down or never was.</param>
/// <param name="Removed">When it was taken down; null for one that was not.</param>
public sealed record Story(string Id, ArticleCard? Card, DateTimeOffset? Removed = null)
{
    /// <summary>What to call it.</summary>
    public string Name => Card?.Title ?? Id;
}
