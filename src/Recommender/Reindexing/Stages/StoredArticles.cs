using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing.Stages;

/// <summary>Reads and writes the articles of blocks.</summary>
internal static class StoredArticles
{
    /// <summary>Those that are still there.</summary>
    public static async Task<List<StoredArticle>> ReadAsync(this ArticleTable articles, Site site, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var stored = await Task.WhenAll(ids.Select(id => articles.GetAsync(site, id, cancellation)));
        return [.. stored.OfType<StoredArticle>().Where(article => article.Article is not null)];
    }

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
