using System.Globalization;
using Recommender.Articles;
using Recommender.Ranking;

namespace Recommender.MoreStories;

/// <summary>A story that was chosen for a page.</summary>
/// <param name="Card">What is shown.</param>
/// <param name="Ranked">Its score and what that is made of.</param>
/// <param name="Explanation">The same score, with why it stands elsewhere than the score alone would put it.</param>
internal sealed record Selected(ArticleCard Card, RankedCandidate Ranked, Explanation Explanation);

/// <summary>
/// Chooses among ranked stories by maximal marginal relevance (Carbonell and Goldstein, 1998): each time the one whose <c>(1 − d) · score / best score − d · overlap</c> is greatest, d being
/// the site's diversity and the overlap that with the story in the list which it repeats most. The best story comes first whatever it overlaps, and stories within the caps before those over them.
/// </summary>
internal sealed class Selection(double diversity, Caps caps, Func<ArticleCard, bool> admit)
{
    private readonly List<CardOverlap> taken = [];
    private readonly List<Entry> left = [];
    private double best;
    private int chosen;

    /// <summary>Whether a story over a cap had to be taken.</summary>
    public bool ExceedsCaps { get; private set; }

    /// <summary>Tells of a story that is in the list without having been chosen here.</summary>
    public void Beside(ArticleCard card)
    {
        caps.Count(card);
        if (diversity > 0)
        {
            Account(new CardOverlap(card, []));
        }
    }

    /// <summary>Gives stories to choose from, best first. One that stands before better ones, as the newest of the page's running story may, counts as much as these.</summary>
    public void Offer(IEnumerable<(RankedCandidate Ranked, ArticleCard Card)> stories)
    {
        foreach (var (ranked, card) in stories)
        {
            best = Math.Max(best, ranked.Score);
            left.Add(new Entry(ranked, card, left.Count + 1, diversity > 0 ? new CardOverlap(card, ranked.Candidate.Terms) : null));
        }

        var following = 0.0;
        foreach (var entry in left.AsEnumerable().Reverse())
        {
            entry.Standing = following = Math.Max(following, entry.Ranked.Score);
        }

        foreach (var entry in left.Where(entry => entry.Overlap is not null))
        {
            entry.Most = taken.Select(other => CardOverlap.Of(other, entry.Overlap!)).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Takes up to <paramref name="count"/> of them, in the order in which they are to stand.</summary>
    public IReadOnlyList<Selected> Take(int count)
    {
        var selected = new List<Selected>();
        while (selected.Count < count && left.Count > 0)
        {
            var fitting = left.Where(entry => caps.HasRoom(entry.Card)).ToList();
            var next = Best(fitting.Count > 0 ? fitting : left);
            left.Remove(next);
            if (!admit(next.Card))
            {
                continue;
            }

            ExceedsCaps |= fitting.Count == 0;
            chosen++;
            selected.Add(new Selected(next.Card, next.Ranked, Explain(next, isOver: fitting.Count == 0)));
            caps.Count(next.Card);
            if (next.Overlap is not null)
            {
                Account(next.Overlap);
            }
        }

        return selected;
    }

    private Entry Best(List<Entry> entries) =>
        chosen == 0 || diversity == 0 ? entries[0] : entries.MaxBy(entry => ((1 - diversity) * entry.Standing / best) - (diversity * entry.Most))!;

    private void Account(CardOverlap overlap)
    {
        taken.Add(overlap);
        foreach (var entry in left)
        {
            entry.Most = Math.Max(entry.Most, CardOverlap.Of(overlap, entry.Overlap!));
        }
    }

    private Explanation Explain(Entry entry, bool isOver)
    {
        var explanation = entry.Ranked.Explanation;
        if (entry.Place != chosen)
        {
            var overlap = entry.Overlap is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; overlap {entry.Most:0.##} with what stands above");
            explanation = explanation.With("order", string.Create(CultureInfo.InvariantCulture, $"number {entry.Place} by score, chosen as number {chosen}{overlap}"));
        }

        return isOver ? explanation.With("cap", "over the cap of its topic or author, but nothing else fits") : explanation;
    }

    private sealed class Entry(RankedCandidate ranked, ArticleCard card, int place, CardOverlap? overlap)
    {
        public RankedCandidate Ranked => ranked;

        public ArticleCard Card => card;

        public int Place => place;

        public CardOverlap? Overlap => overlap;

        public double Standing { get; set; }

        public double Most { get; set; }
    }
}
