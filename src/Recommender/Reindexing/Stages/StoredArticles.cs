using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Reindexing.Stages;

/// <summary>Writes the articles of blocks, and hears of them.</summary>
internal static class StoredArticles
{
    /// <summary>Writes articles and brings the index up to date with them.</summary>
    public static async Task WriteAsync(this ArticleTable articles, RunContext run, IReadOnlyCollection<StoredArticle> changed, CancellationToken cancellation)
    {
        foreach (var article in await articles.WriteAsync(run.Site, changed, cancellation))
        {
            SiteIndexes.Put(run.Index, article.Id, article);
        }
    }

    /// <summary>Brings the index up to date with articles that another process wrote.</summary>
    public static async Task HearAsync(this ArticleTable articles, RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        foreach (var article in await articles.ReadAsync(run.Site, ids, cancellation))
        {
            SiteIndexes.Put(run.Index, article.Id, article);
        }
    }
}
