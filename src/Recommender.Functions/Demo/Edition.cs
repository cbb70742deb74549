using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Functions.Demo;

/// <summary>What stands in the newspaper at the moment: everything its pages show comes from the engine.</summary>
public sealed class Edition(Publisher publisher, Timeline timeline, MoreStoriesService lists, SiteCatalog sites, TimeProvider time)
{
    private const int Considered = 100;
    private const int InSection = 40;
    private const int InRail = 4;
    private const string Corrections = "/corrections/";

    /// <summary>The newest stories and the names of the sections, from which every page takes what it needs.</summary>
    public async Task<Desk> OpenAsync(CancellationToken cancellation)
    {
        var site = sites.TryGet(DemoOptions.Site, out var found) ? found : throw new InvalidOperationException($"There is no site '{DemoOptions.Site}'.");
        var now = time.GetUtcNow();
        var topics = await timeline.TopicsAsync(site, cancellation);
        return new Desk
        {
            Site = site,
            Now = now,
            Latest = await timeline.LatestAsync(site, Keys.AnyTopic, now, Considered, cancellation),
            TopicNames = topics.ToDictionary(topic => topic.Slug, topic => topic.Name, StringComparer.Ordinal),
        };
    }

    /// <summary>The front page. Below its first story stand others on the subject, and no story stands on it twice.</summary>
    public async Task<Front> FrontAsync(Desk desk, CancellationToken cancellation)
    {
        if (desk.Lead is not { } lead)
        {
            return desk.Front([]);
        }

        var list = await lists.GetAsync(desk.Site, new ListRequest { Id = lead.Id, Count = 2 }, cancellation);
        return desk.Front([.. list.Items.Where(item => item.Reason is not (Reason.Latest or Reason.LatestInTopic)).Select(item => item.Card)]);
    }

    /// <summary>The article at a path of the newspaper, with all that its page shows; null when there is none.</summary>
    public async Task<Story?> StoryAsync(Desk desk, string path, CancellationToken cancellation)
    {
        var url = $"https://{desk.Site.Hosts.FirstOrDefault(host => !host.StartsWith('*')) ?? "localhost"}/{path}";
        if (await publisher.FindAsync(desk.Site, url, cancellation) is not { } id
            || await publisher.GetAsync(desk.Site, id, cancellation) is not { } article
            || article.Published > desk.Now)
        {
            return null;
        }

        var rail = desk.In(article.Language).Where(card => card.Id != article.Id).Take(InRail).ToList();
        var request = new ListRequest { Id = article.Id, Exclude = [.. rail.Select(card => card.Id)] };
        return new Story
        {
            Article = article,
            Rail = rail,
            List = await lists.GetAsync(desk.Site, request, cancellation),
            Correction = await CorrectionAsync(desk, article, cancellation),
        };
    }

    /// <summary>The newest stories of a topic, or those in Spanish; null when there is no such section.</summary>
    public async Task<Section?> SectionAsync(Desk desk, string name, CancellationToken cancellation)
    {
        if (name == Section.Spanish.Slug)
        {
            return Section.Spanish with { Cards = [.. desk.In("es")] };
        }

        if (!desk.TopicNames.TryGetValue(name, out var title))
        {
            return null;
        }

        var cards = await timeline.LatestAsync(desk.Site, name, desk.Now, InSection, cancellation);
        return cards.Count == 0 ? null : new Section(name, title, cards[0].Language) { Cards = cards };
    }

    // A correction quotes the headline that it corrects.
    private async Task<ArticleCard?> CorrectionAsync(Desk desk, Article article, CancellationToken cancellation)
    {
        foreach (var card in desk.Latest.Where(card => card.Id != article.Id && card.Published > article.Published && card.Url.Contains(Corrections, StringComparison.Ordinal)))
        {
            if ((await publisher.GetAsync(desk.Site, card.Id, cancellation))?.Body.Contains($"\"{article.Title}\"", StringComparison.Ordinal) is true)
            {
                return card;
            }
        }

        return null;
    }
}
