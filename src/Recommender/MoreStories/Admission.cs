using Recommender.Articles;
using Recommender.Duplicates;
using Recommender.Editorial;

namespace Recommender.MoreStories;

/// <summary>
/// Who may enter a list. <see cref="Admit"/> is the one place for what must not stand beside something that is in the list already: the same article, what repeats it, and what tells the same running story.
/// </summary>
internal sealed class Admission
{
    private readonly ListComposition composition;
    private readonly HashSet<string> blocked;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly NearDuplicates taken = new();

    /// <summary>Nothing is in the list yet, but the page itself is not to come into it.</summary>
    public Admission(ListComposition composition)
    {
        this.composition = composition;
        Threads = new ThreadDisplay(composition.Threads ?? composition.Site.Ranking.Threads, composition.Page);
        blocked = composition.Overrides.OfType<Block>().Select(block => block.Target).ToHashSet(StringComparer.Ordinal);
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
        if (!IsOpen(card) || !used.Add(card.Id))
        {
            return false;
        }

        taken.Add(card);
        return true;
    }

    /// <summary>Takes a story that nothing speaks against; what comes later is judged by it, too.</summary>
    public bool Admit(ArticleCard card)
    {
        if (!IsOpen(card) || !IsOldEnough(card) || used.Contains(card.Id) || !taken.Admits(card) || !Threads.Admits(card))
        {
            return false;
        }

        taken.Add(card);
        return used.Add(card.Id);
    }

    private bool IsOpen(ArticleCard card) =>
        card.Published <= composition.Now
        && card.Url != composition.PageUrl
        && !composition.Exclude.Contains(card.Id)
        && !composition.Exclude.Contains(card.Url)
        && !blocked.Contains(card.Id);

    // Only what is chosen by machine has to be: an editor who pins a newer story wants it there.
    private bool IsOldEnough(ArticleCard card) => composition.Before is not { } instant || card.Published < instant;
}
