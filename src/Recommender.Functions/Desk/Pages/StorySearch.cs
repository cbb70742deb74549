using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Text;

namespace Recommender.Functions.Desk.Pages;

/// <summary>Finds stories by words: those whose headline or dek has them, the newest first, then those whose text is about them, wherever in the archive.</summary>
internal sealed class StorySearch(Timeline timeline, SiteIndexes indexes, Publisher publisher, TimeProvider time)
{
    private const int Shown = 12;
    private const int Searched = 2_000;

    /// <summary>The stories with all of <paramref name="words"/> (blank: the newest), in a topic (empty: any), since a day (null: any).</summary>
    public async Task<IReadOnlyList<ArticleCard>> FindAsync(Site site, string words, string topic, DateTimeOffset? since, CancellationToken cancellation)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var newest = await timeline.LatestAsync(site, topic.Length > 0 ? topic : Keys.AnyTopic, null, parts.Length == 0 ? Shown : Searched, cancellation);
        var found = newest.Where(card => !(card.Published < since) && parts.All(part => Has(card, part))).Take(Shown).ToList();
        if (parts.Length == 0 || found.Count == Shown)
        {
            return found;
        }

        var index = await indexes.GetAsync(site);
        var question = new Article { Id = "", Url = "", Title = words, Published = time.GetUtcNow(), Language = site.Language };
        var page = new IndexedArticle("", question.Published, IndexedArticle.PrimaryLanguage(site.Language), TermSelection.Select(TermAnalyzer.Analyse(question), index));
        foreach (var near in index.Nearest(page, 3 * Shown).OrderByDescending(near => near.Similarity).Where(near => !(near.Published < since) && (topic.Length == 0 || near.Topics.Contains(topic))))
        {
            if (found.Count < Shown && found.TrueForAll(card => card.Id != near.Id) && await publisher.GetAsync(site, near.Id, cancellation) is { } article)
            {
                found.Add(article.Card);
            }
        }

        return found;
    }

    private static bool Has(ArticleCard card, string word) =>
        card.Title.Contains(word, StringComparison.CurrentCultureIgnoreCase) || card.Dek.Contains(word, StringComparison.CurrentCultureIgnoreCase);
}
