using Recommender.Articles;
using Recommender.Clicks;
using Recommender.Editorial;
using Recommender.Sites;

namespace Recommender.Ranking.Learning;

/// <summary>What was shown to be related on a site: by editors, in the links of article bodies and by what they ever pinned under a page; and by readers, in what they clicked (<see cref="ClickJudgement"/>).</summary>
public sealed class EditorialEvidence(ArticleTable articles, AuditLog audit, ClickEvidence clicks)
{
    private const int LinkGrade = 1;

    // Readers choose among what they are shown, and many of them are needed to say as much as one link.
    private const int ClickGrade = 1;

    // An editor who pins a story says more than one who mentions it.
    private const int PinGrade = 2;

    // About a year of busy editing.
    private const int MostAuditEntries = 100_000;

    /// <summary>By page, the stories and how much they belong there; and when articles were published.</summary>
    public async Task<(IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Judgements, IReadOnlyDictionary<string, DateTimeOffset> Published)> ReadAsync(
        Site site, CancellationToken cancellation = default)
    {
        var links = new List<(string Page, IReadOnlyList<string> Urls)>();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var published = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var stored in articles.AllAsync(site, cancellation))
        {
            if (stored.Article is { } article)
            {
                ids[article.Url] = article.Id;
                published[article.Id] = article.Published;
                links.Add((article.Id, article.Links));
            }
        }

        var judgements = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (page, url) in links.SelectMany(article => article.Urls.Select(url => (article.Page, url))))
        {
            Judge(page, ids.GetValueOrDefault(url), LinkGrade);
        }

        foreach (var pin in (await audit.ListAsync(site, null, MostAuditEntries, cancellation)).Select(entry => entry.After).OfType<Pin>().Where(pin => pin.Scope.Kind == "page"))
        {
            Judge(pin.Scope.Name, pin.Target, PinGrade);
        }

        foreach (var (page, story) in ClickJudgement.Related(await clicks.ReadAsync(site, cancellation)))
        {
            Judge(page, story, ClickGrade);
        }

        return (judgements.ToDictionary(page => page.Key, IReadOnlyDictionary<string, int> (page) => page.Value, StringComparer.Ordinal), published);

        void Judge(string page, string? story, int grade)
        {
            if (story is null || story == page || !published.ContainsKey(page) || !published.ContainsKey(story))
            {
                return;
            }

            if (!judgements.TryGetValue(page, out var stories))
            {
                judgements[page] = stories = new Dictionary<string, int>(StringComparer.Ordinal);
            }

            stories[story] = Math.Max(grade, stories.GetValueOrDefault(story));
        }
    }
}
