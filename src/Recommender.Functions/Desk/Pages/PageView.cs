using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Publishing;
using Recommender.Editorial.Review;
using Recommender.MoreStories;

namespace Recommender.Functions.Desk.Pages;

/// <summary>What a page's desk shows.</summary>
public sealed record PageView
{
    /// <summary>The request.</summary>
    public required DeskRequest Desk { get; init; }

    /// <summary>What is looked at.</summary>
    public required PageQuery Query { get; init; }

    /// <summary>The page's article.</summary>
    public required Article Article { get; init; }

    /// <summary>Its draft.</summary>
    public required Draft Draft { get; init; }

    /// <summary>Its lists, live and drafted.</summary>
    public required PageReview Review { get; init; }

    /// <summary>Published versions, the newest first.</summary>
    public required IReadOnlyList<Publication> Versions { get; init; }

    /// <summary>The site's topics.</summary>
    public required IReadOnlyList<Topic> Topics { get; init; }

    /// <summary>What is wrong with the time to look at; null when nothing is.</summary>
    public string? AtProblem { get; init; }

    /// <summary>What was found.</summary>
    public required IReadOnlyList<ArticleCard> Found { get; init; }

    /// <summary>Why the story of a pasted address is not in the list; null when none was pasted.</summary>
    public Absence? Absence { get; init; }

    /// <summary>The story whose details are shown; null for none.</summary>
    public StoryView? Story { get; init; }

    /// <summary>What was filled in of a schedule and is not right; null mostly.</summary>
    public ScheduleInput? Input { get; init; }

    /// <summary>Headlines of other stories that have to be named, by id.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The page's scope.</summary>
    public OverrideScope Scope => OverrideScope.Page(Article.Id);

    /// <summary>Number of the list's slots.</summary>
    public int Count => Desk.Site.Count;

    /// <summary>The address of this page with something else looked at.</summary>
    public string Link(PageQuery query, string place = "") => Desk.PageOf(Article.Id) + query + (place.Length > 0 ? "#" + place : "");

    /// <summary>The address that a form posts to.</summary>
    public string Action(string what) => $"{Desk.PageOf(Article.Id)}/{what}{Query}";

    /// <summary>What readers call a topic.</summary>
    public string NameOf(string slug) => Topics.FirstOrDefault(topic => topic.Slug == slug) is { Name.Length: > 0 } topic ? topic.Name : slug;

    /// <summary>The section that a story is shown under.</summary>
    public string SectionOf(ArticleCard card) => card.Topics is [var first, ..] ? NameOf(first) : "No topic";

    /// <summary>Where a rule holds, in words.</summary>
    public string Where(OverrideScope scope) => scope.Kind switch { "page" => "on this page", "topic" => $"in {NameOf(scope.Name)}", _ => "everywhere" };

    /// <summary>The rules about a story that would hold, the narrowest scope first.</summary>
    public IEnumerable<Override> RulesOf(string story) => Review.Rules.Where(rule => rule.Target == story && (rule.Until is null || rule.Until > Desk.Now));

    /// <summary>Whether the draft says anything of a story.</summary>
    public bool IsDrafted(string story) => Draft.Operations.Any(operation => operation.Subject.Target == story);

    /// <summary>What to call a story.</summary>
    public string TitleOf(string story) => Review.Stories.TryGetValue(story, out var known) ? known.Name
        : Names.TryGetValue(story, out var name) ? name
        : Review.Live.List.Items.Concat(Review.Draft.List.Items).FirstOrDefault(item => item.Card.Id == story)?.Card.Title ?? story;

    /// <summary>The id of a story's row, which works in any address.</summary>
    public static string RowOf(string story) => "r-" + ArticleId.FromUrl(story);
}

/// <summary>A story whose details are shown.</summary>
public sealed record StoryView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What is shown of it; null when it was taken down.</summary>
    public ArticleCard? Card { get; init; }

    /// <summary>It in the list or among the next; null when it is neither.</summary>
    public ListItem? Item { get; init; }

    /// <summary>Why it is not in the list; null when it is.</summary>
    public Absence? Absence { get; init; }

    /// <summary>Changes of rules about it, the newest first.</summary>
    public required IReadOnlyList<AuditEntry> History { get; init; }

    /// <summary>What to call it.</summary>
    public string Name => Card?.Title ?? Id;
}

/// <summary>What an editor filled in to schedule a pin or block, as it was sent.</summary>
public sealed record ScheduleInput
{
    /// <summary><c>pin</c> or <c>block</c>.</summary>
    public string Kind { get; init; } = Pin.Name;

    /// <summary>Slot of the pin.</summary>
    public string Slot { get; init; } = "";

    /// <summary>From, in the site's zone.</summary>
    public string From { get; init; } = "";

    /// <summary>Until, in the site's zone.</summary>
    public string Until { get; init; } = "";

    /// <summary>Which of the two, where <see cref="From"/> comes twice.</summary>
    public string FromOffset { get; init; } = "";

    /// <summary>Which of the two, where <see cref="Until"/> comes twice.</summary>
    public string UntilOffset { get; init; } = "";

    /// <summary>Why.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? Problem(string field) => Errors.Where(error => error.Field == field).Select(error => error.Message).FirstOrDefault();
}
