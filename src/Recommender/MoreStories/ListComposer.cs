using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Ranking;
using Recommender.Text;

namespace Recommender.MoreStories;

/// <summary>
/// Makes a list of what was gathered, in an order that never changes: exclude, block, (boost and sort are the ranker's), collapse, pin, truncate, cascade.
/// Nothing here asks a store or a clock, so the same composition always gives the same list.
/// </summary>
public sealed class ListComposer
{
    private readonly ListComposition composition;
    private readonly HashSet<string> blocked;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<TitleSignature> titles = [];
    private readonly ThreadDisplay threads;

    private ListComposer(ListComposition composition)
    {
        this.composition = composition;
        threads = new ThreadDisplay(composition.Threads ?? composition.Site.Ranking.Threads, composition.Page);
        blocked = composition.Overrides.OfType<Block>().Select(block => block.Target).ToHashSet(StringComparer.Ordinal);
        if (composition.Page is { } page)
        {
            used.Add(page.Id);
            titles.Add(TitleSignature.Of(page.Title));
        }
    }

    /// <summary>The list.</summary>
    public static MoreStoriesList Compose(ListComposition composition) => new ListComposer(composition).Compose();

    private MoreStoriesList Compose()
    {
        var pins = Pins();
        var chosen = new Queue<Choice>(threads.Arrange(composition.Ranked).Where(entry => Admit(entry.Card)).Take(composition.Count - pins.Count)
            .Select(entry => new Choice(entry.Card, threads.IsOwn(entry.Card) ? Reason.SameThread : ReasonOf(entry.Ranked), entry.Ranked.Candidate.Terms, entry.Ranked.Explanation)));
        var chosenForPage = pins.Count + chosen.Count;
        var cascade = new Queue<Choice>(Cascade(composition.Count - chosenForPage));

        var items = new List<ListItem>(composition.Count);
        for (var slot = 1; slot <= composition.Count; slot++)
        {
            // A pin keeps its place even when there is nothing to stand before it: it moves up, never out.
            var choice = pins.Remove(slot, out var pin) ? pin
                : chosen.TryDequeue(out var ranked) ? ranked
                : cascade.TryDequeue(out var latest) ? latest
                : null;
            if (choice is not null)
            {
                items.Add(ItemOf(choice, items.Count + 1));
            }
        }

        return new MoreStoriesList
        {
            Site = composition.Site.Id,
            Page = composition.Page?.Id,
            State = StateOf(items.Count, chosenForPage),
            Heading = composition.Site.Heading,
            Language = composition.Page?.Language ?? composition.Site.Language,
            Items = items,
        };
    }

    private Dictionary<int, Choice> Pins()
    {
        var pins = new Dictionary<int, Choice>();
        foreach (var pin in composition.Overrides.OfType<Pin>().Where(pin => pin.Slot <= composition.Count))
        {
            if (!pins.ContainsKey(pin.Slot) && composition.Pinned.TryGetValue(pin.Target, out var card) && IsOpen(card) && used.Add(card.Id))
            {
                titles.Add(TitleSignature.Of(card.Title));
                var explanation = Explanation.Leaf("pinned", 0, $"slot {pin.Slot}, {pin.Scope}" + (pin.Author.Length > 0 ? $", by {pin.Author}" : ""));
                pins[pin.Slot] = new Choice(card, Reason.Pinned, [], explanation);
            }
        }

        return pins;
    }

    private IEnumerable<Choice> Cascade(int count)
    {
        var buried = composition.Overrides.OfType<Boost>().DistinctBy(boost => boost.Target).Where(boost => boost.Factor < 1).Select(boost => boost.Target).ToHashSet(StringComparer.Ordinal);
        return composition.LatestInTopic.Select(card => (Card: card, Reason: Reason.LatestInTopic))
            .Concat(composition.Latest.Select(card => (Card: card, Reason: Reason.Latest)))
            .OrderBy(entry => buried.Contains(entry.Card.Id))
            .Where(entry => Admit(entry.Card))
            .Take(count)
            .Select(entry => new Choice(entry.Card, threads.IsOwn(entry.Card) ? Reason.SameThread : entry.Reason, [], RecencyOf(entry.Card)));
    }

    private bool Admit(ArticleCard card)
    {
        if (!IsOpen(card) || used.Contains(card.Id))
        {
            return false;
        }

        var title = TitleSignature.Of(card.Title);
        if (titles.Exists(taken => taken.IsNearDuplicateOf(title)) || !threads.Admits(card))
        {
            return false;
        }

        titles.Add(title);
        return used.Add(card.Id);
    }

    private bool IsOpen(ArticleCard card) =>
        card.Published <= composition.Now
        && card.Url != composition.PageUrl
        && !composition.Exclude.Contains(card.Id)
        && !composition.Exclude.Contains(card.Url)
        && !blocked.Contains(card.Id);

    private ListState StateOf(int items, int chosenForPage) => (items, chosenForPage) switch
    {
        (0, _) => ListState.Empty,
        (_, 0) => ListState.Fallback,
        _ => chosenForPage == composition.Count ? ListState.Complete : ListState.Partial,
    };

    private static Reason ReasonOf(RankedCandidate ranked) =>
        ranked.Explanation.Parts[0].Value >= ranked.Explanation.Parts[1].Value ? Reason.Similar
        : ranked.Candidate.InTopic ? Reason.LatestInTopic
        : Reason.Latest;

    private Explanation RecencyOf(ArticleCard card) => Ranker.Score(
        composition.Site.Ranking, new Candidate { Id = card.Id, Published = card.Published }, boost: 1, composition.Now);

    private ListItem ItemOf(Choice choice, int slot) => new()
    {
        Slot = slot,
        Card = choice.Card,
        Date = LongDate.Format(choice.Card.Published, composition.Site.TimeZone, composition.Page?.Language ?? composition.Site.Language),
        Reason = choice.Reason,
        Terms = choice.Reason is Reason.Similar or Reason.SameThread ? choice.Terms : [],
        Explanation = choice.Reason is Reason.Pinned ? choice.Explanation : threads.Explain(choice.Card, choice.Explanation),
    };

    private sealed record Choice(ArticleCard Card, Reason Reason, IReadOnlyList<string> Terms, Explanation Explanation);
}
