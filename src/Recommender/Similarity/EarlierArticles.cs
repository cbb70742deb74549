using System.Buffers;
using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>
/// Articles in order of publication, each to be compared with those of a span of time before it: what that costs grows with the span, not with the site. It holds terms of its own, so the index may
/// change between one block of articles and the next. Nearly every article of the span shares some term with any other, so products are added up side by side for all. For one thread.
/// </summary>
internal sealed class EarlierArticles(SimilarityIndex index)
{
    // For those that are not in the index.
    private const int NoLanguage = -1;

    private readonly EarlierTerms terms = new();
    private readonly List<(string Id, DateTimeOffset Published)> entered = [];
    private readonly List<float> lengths = [];
    private readonly List<int> languages = [];
    private int first;
    private int firstWhenTrimmed;
    private long version = -1;
    private volatile int usual;

    /// <summary>Looks from now on no further back than to what was published at an instant.</summary>
    public void Forget(DateTimeOffset before)
    {
        while (first < entered.Count && entered[first].Published < before)
        {
            first++;
        }

        // What has no article left goes, as often as half of all are others.
        if (first - firstWhenTrimmed > (entered.Count - first) / 2)
        {
            terms.Forget(first);
            firstWhenTrimmed = first;
        }
    }

    /// <summary>
    /// Adds articles that were published no sooner than those before, and finds for each every article of the same language that is before it and not forgotten, and whose similarity to it reaches
    /// <paramref name="floor"/>, in no particular order. Similarities are off by <see cref="NeighbourSearch.SumError"/> at most, and so may some be that do not quite reach it. Numbers are those of the
    /// order in which articles were added. The index cannot change meanwhile.
    /// </summary>
    /// <param name="articles">The articles.</param>
    /// <param name="floor">The least similarity.</param>
    /// <param name="cancellation">Stops it; no more can be added then.</param>
    public List<IReadOnlyList<NearArticle>> Enter(IReadOnlyList<ArticleOutline> articles, double floor, CancellationToken cancellation) => index.Read(content =>
    {
        Locate(content);
        var from = entered.Count;
        var places = articles.Select(article => content.Articles.PlaceOf(article.Id)).ToList();
        foreach (var (article, place) in articles.Zip(places))
        {
            entered.Add((article.Id, article.Published));
            lengths.Add(float.NaN);
            languages.Add(NoLanguage);
            Put(content, entered.Count - 1, place);
        }

        var pages = places.AsParallel().AsOrdered().WithCancellation(cancellation).Select(place => terms.Read(content, place, first)).ToList();
        terms.Enter(content, pages, from, first);
        return pages.AsParallel().AsOrdered().WithCancellation(cancellation).Select((page, number) => (IReadOnlyList<NearArticle>)Near(page, from + number, floor)).ToList();
    });

    private List<NearArticle> Near(EarlierPage page, int number, double floor)
    {
        var (length, language) = (lengths[number], languages[number]);
        if (language == NoLanguage)
        {
            return [];
        }

        // What comes later in the block is multiplied too, and not looked at.
        var near = new List<NearArticle>(usual);
        var room = ArrayPool<float>.Shared.Rent(entered.Count - first);
        try
        {
            room.AsSpan(0, entered.Count - first).Clear();
            terms.Multiply(page, first, room);
            var products = room.AsSpan(0, number - first);
            var least = (float)(floor - NeighbourSearch.SumError) * length;
            var others = CollectionsMarshal.AsSpan(lengths)[first..number];
            for (var at = ProductScan.Next(products, others, least, 0); at < products.Length; at = ProductScan.Next(products, others, least, at + 1))
            {
                if (languages[first + at] == language)
                {
                    var (id, published) = entered[first + at];
                    near.Add(new NearArticle(id, published, products[at] / (length * others[at]), first + at));
                }
            }

            // The next finds about as many.
            usual = near.Count + (near.Count / 8);
            return near;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    // Places and lengths are others once an article came, went or moved, or all were weighed anew, and languages may have other numbers.
    private void Locate(InvertedIndex content)
    {
        if (version == content.Version)
        {
            return;
        }

        version = content.Version;
        terms.Locate(content);
        for (var number = first; number < entered.Count; number++)
        {
            Put(content, number, content.Articles.PlaceOf(entered[number].Id));
        }
    }

    // What has no terms, or is gone, reaches nothing.
    private void Put(InvertedIndex content, int number, int place)
    {
        lengths[number] = place >= 0 && content.Articles.LengthOf(place) is var length and > 0 ? length : float.NaN;
        languages[number] = place >= 0 ? content.Articles.MarkOf(place).Language : NoLanguage;
        if (place >= 0)
        {
            terms.Put(place, number);
        }
    }
}
