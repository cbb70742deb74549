using Recommender.Ranking.Features;
using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>
/// Finds the articles that are nearest to a page: whom the products of the weightiest terms speak for, those compared by all of their terms, and of the best of them all that tells whether they belong
/// under the page. Called while the index does not change.
/// </summary>
internal sealed class NeighbourSearch(InvertedIndex content)
{
    /// <summary>More than a sum in single precision can be off by.</summary>
    public const double SumError = 1e-4;

    // So many more than are wanted are chosen, for sums in single precision may be off in the last places; and so many times more by sums that leave common terms out.
    private const int Slack = 32;
    private const int Spares = 2;

    // Of the products of a page's terms, those of the ones that tell most: what is left out is common, and counts when the best are compared.
    private const long MostProducts = 100_000;

    // What is left of a similarity after so many whole days, by which most articles are told to be none of the strongest without a power for each.
    private static readonly float[] MostLeftAfter = [.. Enumerable.Range(0, 4_096).Select(days => (float)Neighbour.StrengthOf(1, TimeSpan.FromDays(days)) * 1.0001f)];

    private readonly RankOrder order = new(content);

    /// <summary>The nearest, in the order of <see cref="NeighbourList.Order"/>.</summary>
    public IReadOnlyList<Neighbour> Nearest(PageTerms page, int count)
    {
        var nearest = new List<Neighbour>(count + Slack);
        foreach (var place in Candidates(page, count))
        {
            var story = content.Articles.At(place);
            var matches = page.Meet(story);
            var comparison = content.Compare(page, story, matches);
            nearest.Add(Describe(story, page.Published - story.Facts.PublishedAt, comparison, SharedTerms.Of(page, story, matches, asPageWrites: true)));
        }

        nearest.Sort(NeighbourList.Order);
        return nearest.Count > count ? nearest[..count] : nearest;
    }

    /// <summary>The nearest of a page of the index, in the same order, each with what the page is to it.</summary>
    public IReadOnlyList<(Neighbour Near, Neighbour Reverse)> NearestBothWays(PageTerms page, int count)
    {
        var nearest = new List<(Neighbour Near, Neighbour Reverse)>(count + Slack);
        foreach (var place in Candidates(page, count))
        {
            var story = content.Articles.At(place);
            var matches = page.Meet(story);
            var comparison = content.Compare(page, story, matches);
            var apart = page.Published - story.Facts.PublishedAt;
            nearest.Add((
                Describe(story, apart, comparison, SharedTerms.Of(page, story, matches, asPageWrites: true)),
                Describe(content.Articles.At(page.Place), apart, comparison.Reverse(), SharedTerms.Of(page, story, matches, asPageWrites: false))));
        }

        nearest.Sort((left, right) => NeighbourList.Order.Compare(left.Near, right.Near));
        return nearest.Count > count ? nearest[..count] : nearest;
    }

    /// <summary>Every other article of the page's language whose similarity reaches <paramref name="floor"/>, in no particular order.</summary>
    public IReadOnlyList<NearArticle> Near(PageTerms page, double floor)
    {
        var near = new List<NearArticle>();
        foreach (var place in content.Multiply(page, long.MaxValue, (sums, _) => Similar(page, sums, floor - SumError)))
        {
            var story = content.Articles.At(place);
            if (Math.Round(page.Cosine(story), 6) is var similarity && similarity >= floor)
            {
                near.Add(new NearArticle(story.Id, story.Facts.PublishedAt, similarity));
            }
        }

        return near;
    }

    /// <summary>A page and a story of the index side by side.</summary>
    public PairComparison Compare(PageTerms page, int place)
    {
        var story = content.Articles.At(place);
        return content.Compare(page, story, page.Meet(story));
    }

    private Neighbour Describe(in HeldArticle article, TimeSpan apart, in PairComparison comparison, IReadOnlyList<string> shared)
    {
        var similarity = Math.Round(comparison.Terms, 6);
        return new Neighbour(article.Id, similarity, article.Facts.PublishedAt, shared)
        {
            Strength = Math.Round(Neighbour.StrengthOf(similarity, apart), 6),
            Features = PairFeatures.Pack(comparison),
            Topics = content.TopicsOf(article),
            Evergreen = article.IsEvergreen,
        };
    }

    // The best by the sums, and who may be as good, for sums are off in the last places; where they leave terms out, the best by the cosines of the best by the sums.
    private IEnumerable<int> Candidates(PageTerms page, int count)
    {
        var (ranks, isComplete) = content.Multiply(page, MostProducts, (sums, isComplete) => (Strongest(page, sums, isComplete ? count + Slack : (Spares * count) + Slack), isComplete));
        if (!isComplete)
        {
            foreach (ref var rank in ranks.AsSpan())
            {
                var story = content.Articles.At(rank.Place);
                rank = rank with { Strength = Neighbour.StrengthOf(page.Cosine(story), page.Published - story.Facts.PublishedAt) };
            }
        }

        Array.Sort(ranks, (left, right) => order.Compare(right, left));
        var least = ranks.Length <= count ? 0 : ranks[count - 1].Strength - (2 * SumError);
        return ranks.TakeWhile((rank, place) => place < count || (isComplete && rank.Strength >= least)).Select(rank => rank.Place);
    }

    private Rank[] Strongest(PageTerms page, ProductSums sums, int count)
    {
        var day = HeldMark.DayOf(page.Published);
        var products = sums.All;
        var (length, least) = (page.Lengths.Terms, 0f);
        var best = new PriorityQueue<int, Rank>(count + 1, order);
        foreach (var place in sums.Touched)
        {
            ref readonly var story = ref content.Articles.MarkOf(place);
            if (story.Length == 0 || story.Language != page.Language || place == page.Place
                || products[place] * MostLeftAfter[Math.Min((int)Math.Abs(story.Day - day), MostLeftAfter.Length - 1)] < least * story.Length)
            {
                continue;
            }

            var rank = new Rank(Neighbour.StrengthOf(products[place] / (length * story.Length), TimeSpan.FromDays(story.Day - day)), place);
            if (best.Count < count)
            {
                best.Enqueue(place, rank);
            }
            else
            {
                best.EnqueueDequeue(place, rank);
                least = best.TryPeek(out _, out var last) ? (float)last.Strength * length : 0;
            }
        }

        return [.. best.UnorderedItems.Select(entry => entry.Priority)];
    }

    // Every other article of the page's language whose similarity reaches this, as the sums tell.
    private List<int> Similar(PageTerms page, ProductSums sums, double least)
    {
        var similar = new List<int>();
        var products = sums.All;
        foreach (var place in sums.Touched)
        {
            ref readonly var story = ref content.Articles.MarkOf(place);
            if (story.Length > 0 && story.Language == page.Language && place != page.Place && products[place] >= least * page.Lengths.Terms * story.Length)
            {
                similar.Add(place);
            }
        }

        return similar;
    }

    private readonly record struct Rank(double Strength, int Place);

    // Of equally strong ones, that with the lower id is the better, whoever came first.
    private sealed class RankOrder(InvertedIndex content) : IComparer<Rank>
    {
        public int Compare(Rank left, Rank right) =>
            left.Strength.CompareTo(right.Strength) is var order && order != 0 ? order : content.Articles.At(right.Place).IdBytes.SequenceCompareTo(content.Articles.At(left.Place).IdBytes);
    }
}
