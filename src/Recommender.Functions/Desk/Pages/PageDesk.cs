using System.Globalization;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Publishing;
using Recommender.Editorial.Review;
using Recommender.MoreStories;

namespace Recommender.Functions.Desk.Pages;

/// <summary>Gathers what a page's desk shows.</summary>
internal sealed class PageDesk(
    Publisher publisher, Timeline timeline, DraftStore drafts, PublicationStore publications, PageReviews reviews, AbsenceSearch absences, StorySearch search, AuditLog audit)
{
    private const int VersionsShown = 20;
    private const int AuditSearched = 500;

    /// <summary>A page's desk; null when there is no such article.</summary>
    public async Task<PageView?> LoadAsync(DeskRequest desk, string id, PageQuery query, ScheduleInput? input, CancellationToken cancellation)
    {
        var site = desk.Site;
        if (await publisher.GetAsync(site, id, cancellation) is not { } article)
        {
            return null;
        }

        var draft = await DraftAsync(desk, id, cancellation);
        var (at, problem) = Read(query.At, desk);
        var review = await reviews.ReviewAsync(site, draft, at, cancellation);
        var isName = query.Words.Contains("://", StringComparison.Ordinal);
        var request = new ListRequest { Id = id, At = at, Overlay = new OverrideOverlay(draft.Operations, desk.Now) };
        var view = new PageView
        {
            Desk = desk,
            Query = query,
            Article = article,
            Draft = draft,
            Review = review,
            Versions = await publications.VersionsAsync(site, id, VersionsShown, cancellation),
            Topics = await timeline.TopicsAsync(site, cancellation),
            AtProblem = problem,
            Absence = isName ? await absences.ExplainAsync(site, request, query.Words, cancellation) : null,
            Found = isName ? [] : query.Show == "blocked" ? Blocked(review) : await search.FindAsync(site, query.Words, query.Topic, Day(query.Since, desk), cancellation),
            Input = input,
        };
        return query.Story.Length == 0 ? view : view with { Story = await StoryAsync(view, request, query.Story, cancellation) };
    }

    /// <summary>The draft of a page, after completing a publication whose process died.</summary>
    public async Task<Draft> DraftAsync(DeskRequest desk, string id, CancellationToken cancellation)
    {
        var draft = await drafts.GetAsync(desk.Site, id, cancellation);
        if (draft.Publishing is null)
        {
            return draft;
        }

        await publications.ResumeAsync(desk.Site, id, cancellation);
        return await drafts.GetAsync(desk.Site, id, cancellation);
    }

    /// <summary>The same, knowing the headlines of some more stories.</summary>
    public async Task<PageView> NameAsync(PageView view, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var stories = await reviews.StoriesAsync(view.Desk.Site, ids.Where(id => id.Length > 0 && !view.Review.Stories.ContainsKey(id)), cancellation);
        return view with { Names = view.Names.Concat(stories.Select(story => KeyValuePair.Create(story.Key, story.Value.Name))).DistinctBy(story => story.Key).ToDictionary() };
    }

    /// <summary>Articles by id.</summary>
    public Task<IReadOnlyDictionary<string, Story>> StoriesAsync(DeskRequest desk, IEnumerable<string> ids, CancellationToken cancellation) => reviews.StoriesAsync(desk.Site, ids, cancellation);

    private async Task<StoryView> StoryAsync(PageView view, ListRequest request, string id, CancellationToken cancellation)
    {
        var item = view.Review.Draft.List.Items.Concat(view.Review.Draft.Next).FirstOrDefault(item => item.Card.Id == id);
        var isListed = view.Review.Draft.List.Items.Any(listed => listed.Card.Id == id);
        var absence = isListed ? null : await absences.ExplainAsync(view.Desk.Site, request, id, cancellation);
        return new StoryView
        {
            Id = id,
            Card = item?.Card ?? absence?.Card,
            Item = item,
            Absence = absence,
            History = view.Query.Tab != "history" ? [] : [.. (await audit.ListAsync(view.Desk.Site, null, AuditSearched, cancellation)).Where(entry => (entry.After ?? entry.Before)?.Target == id)],
        };
    }

    private static (DateTimeOffset? At, string? Problem) Read(string text, DeskRequest desk)
    {
        if (text.Length == 0)
        {
            return (null, null);
        }

        var time = LocalTime.Read(text, desk.TimeZone);

        // To look at a time that comes twice, either will do.
        return (time.Instant ?? (time.Choices.Count > 0 ? time.Choices[0] : null), time.Choices.Count > 0 ? null : time.Problem);
    }

    private static DateTimeOffset? Day(string text, DeskRequest desk) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && LenientDate.TryParse(text, desk.TimeZone, out var instant) && day.Year > 1700 ? instant : null;

    private static List<ArticleCard> Blocked(PageReview review) =>
        [.. review.Rules.OfType<Block>().Select(block => review.Stories.GetValueOrDefault(block.Target)?.Card).OfType<ArticleCard>().DistinctBy(card => card.Id)];
}
