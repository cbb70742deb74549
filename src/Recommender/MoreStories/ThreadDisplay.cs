using Recommender.Articles;
using Recommender.Ranking;
using Recommender.Threads;

namespace Recommender.MoreStories;

/// <summary>What one list makes of running stories. Pins are an editor's, and play no part in it.</summary>
internal sealed class ThreadDisplay(ThreadsInLists threads, ArticleCard? page)
{
    private readonly string? own = threads == ThreadsInLists.Show ? null : page?.Thread?.Id;
    private readonly Dictionary<string, ArticleCard> shown = new(StringComparer.Ordinal);

    /// <summary>Whether the page's own running story comes first, newest development first.</summary>
    public bool IsFollowing => own is not null && threads == ThreadsInLists.Follow;

    /// <summary>Whether an article tells the page's own running story, and the list makes something of that.</summary>
    public bool IsOwn(ArticleCard card) => own is not null && card.Thread?.Id == own;

    /// <summary>
    /// Ranked stories in the order in which they are to be considered: those of the page's own thread newest first, at the place of the best of them, or before all
    /// others when the list follows the thread.
    /// </summary>
    public IEnumerable<(RankedCandidate Ranked, ArticleCard Card)> Arrange(IReadOnlyList<(RankedCandidate Ranked, ArticleCard Card)> ranked)
    {
        if (own is null)
        {
            return ranked;
        }

        var developments = ranked.Where(entry => IsOwn(entry.Card))
            .OrderByDescending(entry => entry.Card.Published).ThenBy(entry => entry.Card.Id, StringComparer.Ordinal).ToList();
        var place = threads == ThreadsInLists.Follow ? 0 : ranked.TakeWhile(entry => !IsOwn(entry.Card)).Count();
        return ranked.Take(place).Concat(developments).Concat(ranked.Skip(place).Where(entry => !IsOwn(entry.Card)));
    }

    /// <summary>The story in the list that tells the same running story, so that this one may not be beside it; null when there is none.</summary>
    public ArticleCard? Taken(ArticleCard card) => threads == ThreadsInLists.Show || card.Thread is not { } thread || (threads == ThreadsInLists.Follow && thread.Id == own)
        ? null
        : shown.GetValueOrDefault(thread.Id);

    /// <summary>Tells of a story that is in the list, and so takes its thread's place.</summary>
    public void Take(ArticleCard card)
    {
        if (card.Thread is { } thread)
        {
            shown.TryAdd(thread.Id, card);
        }
    }

    /// <summary>A score with what is to be said of the story's thread; the value stays as it is.</summary>
    public Explanation Explain(ArticleCard card, Explanation explanation) => card.Thread is not { } thread ? explanation : explanation with
    {
        Parts =
        [
            .. explanation.Parts.Count > 0 ? explanation.Parts : [Explanation.Leaf(explanation.Name, explanation.Value, explanation.Detail)],
            Explanation.Leaf("thread", 0, $"{(IsOwn(card) ? "the page's own running story" : "a running story")}: {thread.Name}"),
        ],
    };
}
