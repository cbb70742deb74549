using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Reads an article from its HTML page: structured data first, then meta tags, then what readers see.</summary>
public static class PageReader
{
    /// <summary>The article of a page, ready for <see cref="ArticleValidator"/>; body as plain text with blank lines between paragraphs, its links in <see cref="ArticleInput.Links"/>.</summary>
    /// <param name="site">Its site, for its name and time zone.</param>
    /// <param name="url">Where it was fetched from, after redirects.</param>
    /// <param name="html">The page, decoded.</param>
    /// <returns>Null when the page holds no article: no title, or a front or section page.</returns>
    public static ArticleInput? Read(Site site, Uri url, string html) => throw new NotImplementedException();
}
