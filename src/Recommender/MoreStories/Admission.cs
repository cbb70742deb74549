using Recommender.Articles;
using Recommender.Duplicates;
using Recommender.Editorial;

namespace Recommender.MoreStories;

/// <summary>
/// Who may enter a list. <see cref="Judge"/> is the one place for what must not stand beside something that is in the list already: the same article, what repeats it, and what tells the same running story.
/// </summary>
internal sealed class Admission
{
    private readonly ListComposition composition;
    private readonly Dictionary<string, Block> blocked;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly NearDuplicates taken = new();

    /// <summary>Nothing is in the list yet, but the page itself is not to come into it.</summary>
    public Admission(ListComposition composition)
    {
        this.composition = composition;
        Threads = new ThreadDisplay(composition.Threads ?? composition.Site.Ranking.Threads, composition.Page);
        blocked = composition.Overrides.OfType<Block>().DistinctBy(block => block.Target).ToDictionary(block => block.Target, StringComparer.Ordinal);
        if (composition.Page is { } page)
        {
            used.Add(page.Id);
            taken.Add(page);
        }
    }

    /// <summary>What the list makes of running stories.</summary>
    public ThreadDisplay Threads { get; }

    /// <summary>Takes a story that an editor put there, unless it may not be shown or is in the list already.</summary>
    public bool Pin(ArticleCard card)
    {
        if (Close(card) is not null || !used.Add(card.Id))
        {
            return false;
        }

        taken.Add(card);
        return true;
    }

    /// <summary>Takes a story that nothing speaks against; what comes later is judged by it, too.</summary>
    public bool Admit(ArticleCard card) => Judge(card) is null;

    /// <summary>Takes a story that nothing speaks against (null), or tells what does.</summary>
    public Fate? Judge(ArticleCard card)
    {
        var fate = Close(card)
            ?? (composition.Before is { } instant && card.Published >= instant ? new Fate(FateKind.NotOlder)
            : !used.Contains(card.Id) ? null
            : new Fate(card.Id == composition.Page?.Id ? FateKind.IsPage : FateKind.Listed));
        if (fate is not null)
        {
            return fate;
        }

        if (taken.Near(card) is { } copy)
        {
            return new Fate(FateKind.Repeats) { Other = copy };
        }

        if (Threads.Taken(card) is { } teller)
        {
            return new Fate(FateKind.SameThread) { Other = teller };
        }

        Threads.Take(card);
        taken.Add(card);
        used.Add(card.Id);
        return null;
    }

    /// <summary>Why a story must not be in the list, whatever else is; null when it may. Whether it is old enough is no part of it: an editor who pins a newer story wants it there.</summary>
    public Fate? Close(ArticleCard card) =>
        card.Published > composition.Now ? new Fate(FateKind.NotYetPublished)
        : card.Url == composition.PageUrl || card.Id == composition.Page?.Id ? new Fate(FateKind.IsPage)
        : composition.Exclude.Contains(card.Id) || composition.Exclude.Contains(card.Url) ? new Fate(FateKind.OnPage)
        : blocked.TryGetValue(card.Id, out var block) ? new Fate(FateKind.Blocked) { Rule = block }
        : null;
}
