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
    private const double Spares = 1.5;

    // Of the products of a page's terms, those of the ones that tell most: what is left out is common, and counts when the best are compared.
    private const long MostProducts = 400_000;

    private readonly RankOrder order = new(content);
    private readonly ProductRoom.Pool rooms = new();

    /// <summary>The nearest of each of some pages, in the order of <see cref="NeighbourList.Order"/>: the cheaper, the more the pages have in common.</summary>
    public IReadOnlyList<IReadOnlyList<Neighbour>> Nearest(IReadOnlyList<PageTerms> pages, int count) => [.. Candidates(pages, count).Zip(pages, (places, page) => Nearest(page, places, count))];

    /// <summary>The nearest of a page of the index, in the same order, each with what the page is to it.</summary>
    public IReadOnlyList<(Neighbour Near, Neighbour Reverse)> NearestBothWays(PageTerms page, int count)
    {
        var nearest = new List<(Neighbour Near, Neighbour Reverse)>(count + Slack);
        foreach (var place in Candidates([page], count).Single())
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
        foreach (var place in Similar(page, (float)(floor - SumError) * page.Lengths.Terms))
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

    /// <summary>Gives back the memory in which it searched: tens of megabytes after many pages at once.</summary>
    public void Rest() => rooms.Clear();

    private List<Neighbour> Nearest(PageTerms page, IEnumerable<int> places, int count)
    {
        var nearest = new List<Neighbour>(count + Slack);
        foreach (var place in places)
        {
            var story = content.Articles.At(place);
            var matches = page.Meet(story);
            var comparison = content.Compare(page, story, matches);
            nearest.Add(Describe(story, page.Published - story.Facts.PublishedAt, comparison, SharedTerms.Of(page, story, matches, asPageWrites: true)));
        }

        nearest.Sort(NeighbourList.Order);
        return nearest.Count > count ? nearest[..count] : nearest;
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

    private IEnumerable<IEnumerable<int>> Candidates(IReadOnlyList<PageTerms> pages, int count)
    {
        var products = pages.Select(page => new PageProducts(page, content.Terms, MostProducts)).ToList();
        var strongest = products.ConvertAll(chosen => new StrongestRanks(chosen.AreAll ? count + Slack : (int)(Spares * count) + Slack));
        Multiply(products, (page, first, sums) => Find(pages[page], first, sums, strongest[page]));
        return pages.Select((page, number) => Candidates(page, products[number].AreAll, strongest[number], count));
    }

    // The best by the sums, and who may be as good, for sums are off in the last places; where they leave terms out, the best by the cosines of the best by the sums.
    private IEnumerable<int> Candidates(PageTerms page, bool areSumsWhole, StrongestRanks strongest, int count)
    {
        var ranks = strongest.All().Select(rank => new Rank(rank.Strength, rank.Place)).ToArray();
        if (!areSumsWhole)
        {
            foreach (ref var rank in ranks.AsSpan())
            {
                var story = content.Articles.At(rank.Place);
                rank = rank with { Strength = Neighbour.StrengthOf(page.Cosine(story), page.Published - story.Facts.PublishedAt) };
            }
        }

        Array.Sort(ranks, (left, right) => order.Compare(right, left));
        var least = ranks.Length <= count ? 0 : ranks[count - 1].Strength - (2 * SumError);
        return ranks.TakeWhile((rank, place) => place < count || (areSumsWhole && rank.Strength >= least)).Select(rank => rank.Place);
    }

    // First those of the page's own time, who are the strongest of equals: the stronger those are that were found, the fewer of the others are worth a closer look.
    private void Find(PageTerms page, int first, ReadOnlySpan<float> sums, StrongestRanks strongest)
    {
        var own = Math.Clamp(page.Place - first, 0, sums.Length - 1) / HeldArticles.PlacesInRange * HeldArticles.PlacesInRange;
        for (var at = own; at < sums.Length; at += HeldArticles.PlacesInRange)
        {
            FindInRange(page, first + at, RangeOf(sums, at), strongest);
        }

        for (var at = own - HeldArticles.PlacesInRange; at >= 0; at -= HeldArticles.PlacesInRange)
        {
            FindInRange(page, first + at, RangeOf(sums, at), strongest);
        }
    }

    private void FindInRange(PageTerms page, int first, ReadOnlySpan<float> sums, StrongestRanks strongest)
    {
        var (day, length) = (HeldMark.DayOf(page.Published), page.Lengths.Terms);
        var lengths = content.Articles.LengthsFrom(first);
        var most = length / Neighbour.StrengthOf(1f, content.Articles.DaysFrom(day, first));
        for (var at = ProductScan.Next(sums, lengths, strongest.Least * most, 0); at < sums.Length; at = ProductScan.Next(sums, lengths, strongest.Least * most, at + 1))
        {
            ref readonly var story = ref content.Articles.MarkOf(first + at);
            if (IsOther(page, first + at, story, lengths[at]))
            {
                strongest.Add(Neighbour.StrengthOf(sums[at] / (length * lengths[at]), Math.Abs(story.Day - day)), first + at);
            }
        }
    }

    // Every other article of the page's language whose product reaches this for each of its length, as the sums tell.
    private List<int> Similar(PageTerms page, float least)
    {
        var similar = new List<int>();
        var products = new PageProducts(page, content.Terms, long.MaxValue);
        Multiply([products], (_, first, sums) =>
        {
            for (var at = 0; at < sums.Length; at += HeldArticles.PlacesInRange)
            {
                AddSimilar(first + at, RangeOf(sums, at));
            }
        });
        return similar;

        void AddSimilar(int first, ReadOnlySpan<float> sums)
        {
            var lengths = content.Articles.LengthsFrom(first);
            for (var at = ProductScan.Next(sums, lengths, least, 0); at < sums.Length; at = ProductScan.Next(sums, lengths, least, at + 1))
            {
                if (IsOther(page, first + at, content.Articles.MarkOf(first + at), lengths[at]))
                {
                    similar.Add(first + at);
                }
            }
        }
    }

    private static ReadOnlySpan<float> RangeOf(ReadOnlySpan<float> sums, int at) => sums.Slice(at, Math.Min(HeldArticles.PlacesInRange, sums.Length - at));

    private void Multiply(IReadOnlyList<PageProducts> products, ProductBlock.Visit visit)
    {
        var room = rooms.Rent();
        try
        {
            new ProductBlock(products, content.Terms).Multiply(content.Articles.Places, room, visit);
        }
        finally
        {
            rooms.Return(room);
        }
    }

    private static bool IsOther(PageTerms page, int place, in HeldMark story, float length) => length > 0 && story.Language == page.Language && place != page.Place;

    private readonly record struct Rank(double Strength, int Place);

    // Of equally strong ones, that with the lower id is the better, whoever came first.
    private sealed class RankOrder(InvertedIndex content) : IComparer<Rank>
    {
        public int Compare(Rank left, Rank right) =>
            left.Strength.CompareTo(right.Strength) is var order && order != 0 ? order : content.Articles.At(right.Place).IdBytes.SequenceCompareTo(content.Articles.At(left.Place).IdBytes);
    }
}
