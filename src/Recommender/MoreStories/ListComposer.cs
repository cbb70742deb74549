using System.Globalization;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Ranking;
using Recommender.Sites;

namespace Recommender.MoreStories;

/// <summary>
/// Makes a list of what was gathered, in an order that never changes: exclude, block, (boost and sort are the ranker's), collapse, diversify, pin, truncate, cascade.
/// Nothing here asks a store or a clock, so the same composition always gives the same list.
/// </summary>
public sealed class ListComposer
{
    private readonly ListComposition composition;
    private readonly RankingSettings settings;
    private readonly Admission admission;
    private readonly Caps caps;
    private readonly HashSet<string> evergreen;
    private Dictionary<string, Fate>? fates;

    private ListComposer(ListComposition composition)
    {
        this.composition = composition;
        settings = composition.Site.Ranking;
        admission = new Admission(composition);
        caps = new Caps(settings);
        evergreen = composition.Overrides.OfType<Evergreen>().Select(rule => rule.Target).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The list.</summary>
    public static MoreStoriesList Compose(ListComposition composition) => Compose(composition, out _);

    /// <summary>The list, and whether it would stay the same if more stories had been ranked behind those that were.</summary>
    public static MoreStoriesList Compose(ListComposition composition, out bool isSettled) => new ListComposer(composition).Make(out isSettled, out _);

    /// <summary>The same list, with what would come next and what became of everything that was gathered.</summary>
    public static TracedList Trace(ListComposition composition)
    {
        var fates = new Dictionary<string, Fate>(StringComparer.Ordinal);
        var list = new ListComposer(composition) { fates = fates }.Make(out _, out var next);
        var ranks = composition.Ranked.Index().ToDictionary(entry => entry.Item.Card.Id, entry => (Rank: entry.Index + 1, entry.Item.Ranked.Candidate.Similarity), StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            fates[item.Card.Id] = new Fate(FateKind.Listed) { Place = item.Slot };
        }

        foreach (var (place, item) in next.Index())
        {
            fates[item.Card.Id] = new Fate(FateKind.Next) { Place = place + 1 };
        }

        var admission = new Admission(composition);
        foreach (var card in composition.Ranked.Select(entry => entry.Card).Concat(composition.LatestInTopic).Concat(composition.Latest))
        {
            fates.TryAdd(card.Id, admission.Close(card) ?? new Fate(FateKind.Ranked));
        }

        return new TracedList
        {
            List = list,
            Next = next,
            Fates = fates.ToDictionary(
                entry => entry.Key, entry => ranks.TryGetValue(entry.Key, out var rank) ? entry.Value with { Rank = rank.Rank, Similarity = rank.Similarity > 0 ? rank.Similarity : null } : entry.Value, StringComparer.Ordinal),
        };
    }

    private MoreStoriesList Make(out bool isSettled, out IReadOnlyList<ListItem> next)
    {
        var pins = Pins();

        // Whoever wants the latest, or the page's own running story, wants them in their order.
        var selection = new Selection(admission.Threads.IsFollowing ? 0 : settings.Diversity * (1 - settings.RecencyWeight), caps, Admit);
        foreach (var pin in pins.Values)
        {
            selection.Beside(pin.Card);
        }

        selection.Offer(Pool(pins.Values));

        // What is kept for the latest and not needed by them goes back to what was chosen.
        var open = composition.Count - pins.Count;
        var kept = composition.Page is null ? 0 : Math.Min(open, (int)Math.Floor((settings.LatestShare * composition.Count) + 1e-9));
        var chosen = new Queue<Choice>(Choose(selection, open - kept));
        var reserved = Latest(kept, Reserved);
        foreach (var choice in Choose(selection, kept - reserved.Count))
        {
            chosen.Enqueue(choice);
        }

        var chosenForPage = pins.Count + chosen.Count;
        var cascade = new Queue<Choice>(Latest(open - chosen.Count - reserved.Count).Concat(reserved));

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

        var isFull = chosenForPage + reserved.Count == composition.Count && (chosenForPage > 0 || kept == open);
        isSettled = isFull && !selection.ExceedsCaps;
        next = fates is null ? [] : Next(selection, items.Count);
        return new MoreStoriesList
        {
            Site = composition.Site.Id,
            Page = composition.Page?.Id,
            State = items.Count == 0 ? ListState.Empty : isFull ? ListState.Complete : chosenForPage == 0 ? ListState.Fallback : ListState.Partial,
            Heading = composition.Site.Heading,
            Language = composition.Page?.Language ?? composition.Site.Language,
            Items = items,
            Until = composition.Until,
        };
    }

    private Dictionary<int, Choice> Pins()
    {
        var pins = new Dictionary<int, Choice>();
        foreach (var pin in composition.Overrides.OfType<Pin>().Where(pin => pin.Slot <= composition.Count).GroupBy(pin => pin.Scope).SelectMany(Pin.InOrder))
        {
            if (!pins.ContainsKey(pin.Slot) && composition.Pinned.TryGetValue(pin.Target, out var card) && admission.Pin(card))
            {
                var explanation = Explanation.Leaf("pinned", 0, $"slot {pin.Slot}, {pin.Scope}" + (pin.Author.Length > 0 ? $", by {pin.Author}" : ""));
                pins[pin.Slot] = new Choice(card, Reason.Pinned, [], explanation);
            }
        }

        return pins;
    }

    // Of stories that repeat each other the best by score goes in, whatever is chosen of these afterwards. What is not chosen must stand in nobody's way: hence a trial.
    private IEnumerable<(RankedCandidate, ArticleCard)> Pool(IEnumerable<Choice> pins)
    {
        var trial = new Admission(composition);
        foreach (var pin in pins)
        {
            trial.Pin(pin.Card);
        }

        var admitted = admission.Threads.Arrange(composition.Ranked).Where(entry => IsNoted(entry.Card, trial.Judge(entry.Card)));
        if (fates is not null)
        {
            // What became of those behind is to be told, too; they change nothing for those before.
            admitted = admitted.ToList();
        }

        return caps.Exist ? admitted : admitted.Take(settings.Diversity > 0 ? ListComposition.Enough(composition.Count) : composition.Count);
    }

    private bool Admit(ArticleCard card) => IsNoted(card, admission.Judge(card));

    private bool IsNoted(ArticleCard card, Fate? fate)
    {
        if (fate is not null)
        {
            fates?.TryAdd(card.Id, fate);
        }

        return fate is null;
    }

    private List<ListItem> Next(Selection selection, int listed)
    {
        var following = Choose(selection, TracedList.NextKept).ToList();
        following.AddRange(Latest(TracedList.NextKept - following.Count));
        return [.. following.Select((choice, place) => ItemOf(choice, listed + place + 1))];
    }

    private IEnumerable<Choice> Choose(Selection selection, int count) => selection.Take(count)
        .Select(choice => new Choice(choice.Card, ReasonOf(choice.Card, choice.Ranked), choice.Ranked.Candidate.Terms, choice.Explanation));

    private List<Choice> Latest(int count, string? note = null)
    {
        var taken = new List<Choice>();
        var over = new List<(ArticleCard, Reason)>();
        var buried = composition.Overrides.OfType<Boost>().DistinctBy(boost => boost.Target).Where(boost => boost.Factor < 1).Select(boost => boost.Target).ToHashSet(StringComparer.Ordinal);
        var latest = composition.LatestInTopic.Select(card => (Card: card, Reason: Reason.LatestInTopic))
            .Concat(composition.Latest.Select(card => (Card: card, Reason: Reason.Latest)))
            .OrderBy(entry => buried.Contains(entry.Card.Id));
        foreach (var (card, reason) in latest.TakeWhile(_ => taken.Count < count))
        {
            if (caps.HasRoom(card))
            {
                Take(card, reason);
            }
            else
            {
                over.Add((card, reason));
            }
        }

        foreach (var (card, reason) in over.TakeWhile(_ => taken.Count < count))
        {
            Take(card, reason);
        }

        return taken;

        void Take(ArticleCard card, Reason reason)
        {
            if (Admit(card))
            {
                caps.Count(card);
                taken.Add(new Choice(card, admission.Threads.IsOwn(card) ? Reason.SameThread : reason, [], note is null ? RecencyOf(card) : RecencyOf(card).With("reserved", note)));
            }
        }
    }

    private string Reserved => string.Create(CultureInfo.InvariantCulture, $"one of the slots that are kept for the latest: {settings.LatestShare:0.##} of {composition.Count}");

    private Reason ReasonOf(ArticleCard card, RankedCandidate ranked) =>
        admission.Threads.IsOwn(card) ? Reason.SameThread
        : ranked.IsSimilar ? Reason.Similar
        : ranked.Candidate.InTopic ? Reason.LatestInTopic
        : Reason.Latest;

    private Explanation RecencyOf(ArticleCard card) => Ranker.ScoreByDate(
        settings, new Candidate { Id = card.Id, Published = card.Published, Topics = card.Topics, Evergreen = card.Evergreen || evergreen.Contains(card.Id) }, composition.Now);

    private ListItem ItemOf(Choice choice, int slot) => new()
    {
        Slot = slot,
        Card = choice.Card,
        Date = LongDate.Format(choice.Card.Published, composition.Site.TimeZone, composition.Page?.Language ?? composition.Site.Language),
        Reason = choice.Reason,
        Terms = choice.Reason is Reason.Similar or Reason.SameThread ? choice.Terms : [],
        Explanation = choice.Reason is Reason.Pinned ? choice.Explanation : admission.Threads.Explain(choice.Card, choice.Explanation),
    };

    private sealed record Choice(ArticleCard Card, Reason Reason, IReadOnlyList<string> Terms, Explanation Explanation);
}
