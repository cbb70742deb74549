using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Editorial.Review;

/// <summary>The list that a text would have if it were published: nothing of it is kept.</summary>
public sealed class TextPreview(MoreStoriesService lists, ArticleValidator validator, SiteIndexes indexes)
{
    // A text that is not published has no address; this one belongs to nobody.
    private const string Id = "draft-text";

    /// <summary>The list for a text.</summary>
    /// <exception cref="Drafts.DraftInvalidException">The text cannot be an article: it has no title, for instance.</exception>
    public async Task<TracedList> ListAsync(Site site, ArticleInput input, CancellationToken cancellation = default)
    {
        var host = site.Hosts.FirstOrDefault(host => !host.StartsWith('*')) ?? (site.Hosts is [var pattern, ..] ? pattern.Replace("*", "www", StringComparison.Ordinal) : "draft.invalid");
        if (!validator.TryValidate(site, input with { Id = Id, Url = $"https://{host}/{Id}" }, out var article, out var errors))
        {
            throw new Drafts.DraftInvalidException(errors);
        }

        var index = await indexes.GetAsync(site);
        var page = new IndexedArticle(Id, article.Published, IndexedArticle.PrimaryLanguage(article.Language), TermSelection.Select(TermAnalyzer.Analyse(article), index))
        {
            Topics = article.Card.Topics,
            Evergreen = article.Evergreen,
        };
        return await lists.TraceAsync(site, new ListRequest { Page = new NeighbourList(article.Card, index.Nearest(page, NeighbourList.Capacity)) }, cancellation);
    }
}
