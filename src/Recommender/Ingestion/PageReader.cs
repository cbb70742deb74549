using Recommender.Articles;
using Recommender.Ingestion.Pages;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Reads an article from its HTML page: structured data first, then meta tags, then what readers see.</summary>
public static class PageReader
{
    /// <summary>
    /// The article of a page, ready for <see cref="ArticleValidator"/>; body as plain text with blank lines between paragraphs, its links in <see cref="ArticleInput.Links"/>.
    /// Never throws, whatever the page holds, and takes at most a few seconds for it.
    /// </summary>
    /// <param name="site">Its site, for its name and time zone.</param>
    /// <param name="url">Where it was fetched from, after redirects; absolute.</param>
    /// <param name="html">The page, decoded.</param>
    /// <returns>Null when the page holds no article: no title, or a front or section page.</returns>
    public static ArticleInput? Read(Site site, Uri url, string html)
    {
        var page = new Page(site, url, html);
        if (!ArticleSigns.CanBe(page))
        {
            return null;
        }

        var authors = Authors.Of(page);
        var topics = TopicNames.Of(page);
        if (Headline.Of(page, authors, topics) is not { } title)
        {
            return null;
        }

        var dek = Standfirst.Of(page, title);
        var (published, updated) = PublicationDate.Of(page);
        var image = LeadImage.Of(page);
        var (body, links) = BodyExtraction.Of(page, title, authors);
        return ArticleSigns.Has(page, published is not null, body, dek)
            ? new ArticleInput
            {
                Url = page.Address,
                Title = Literal.Of(title),
                Dek = dek is null ? null : Literal.Of(dek),
                Body = Literal.Of(body),
                Published = published,
                Updated = updated,
                Topics = topics,
                Authors = authors,
                Language = PageLanguage.Of(page),
                Image = image,
                Links = links,
            }
            : null;
    }
}
