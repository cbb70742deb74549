using System.Numerics;

namespace Recommender.Similarity;

/// <summary>A page's terms by their numbers in the index, laid out to be met by the terms of many stories.</summary>
internal sealed class PageTerms
{
    private const uint Scatter = 0x9E37_79B1;

    // At most a quarter is taken, so that what is not there is mostly told at the first look.
    private const int Spread = 4;

    private readonly (int Number, int Place)[] table;
    private readonly int shift;
    private Dictionary<uint, string>? surfaces;

    /// <summary>Lays out the terms of a page whose numbers are known.</summary>
    public PageTerms(IndexedArticle page)
    {
        Page = page;
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, Spread * page.Numbers.Length)));
        table = new (int, int)[1 << bits];
        Array.Fill(table, (-1, -1));
        shift = 32 - bits;
        for (var place = 0; place < page.Numbers.Length; place++)
        {
            if (page.Numbers[place] is var number and >= 0)
            {
                var at = Start(number);
                for (; table[at].Number >= 0; at = Next(at))
                {
                }

                table[at] = (number, place);
            }
        }
    }

    /// <summary>The page.</summary>
    public IndexedArticle Page { get; }

    /// <summary>Where among the page's terms a term is; −1 when the page has it not.</summary>
    public int Find(int number)
    {
        for (var at = Start(number); ; at = Next(at))
        {
            var (found, place) = table[at];
            if (found == number || found < 0)
            {
                return place;
            }
        }
    }

    /// <summary>The cosine of all weighted terms, 0 to 1: what <see cref="PairComparison.Terms"/> is, without the rest.</summary>
    /// <param name="story">A story of the index.</param>
    /// <param name="terms">What is known of terms, by their numbers.</param>
    public double Cosine(IndexedArticle story, ReadOnlySpan<IndexedTerm> terms)
    {
        var product = 0.0;
        for (var term = 0; term < story.Numbers.Length; term++)
        {
            if (Find(story.Numbers[term]) is var place and >= 0)
            {
                double told = terms[story.Numbers[term]].Worth;
                product += Page.Terms.WeightAt(place) * story.Terms.WeightAt(term) * told * told;
            }
        }

        var length = (double)Page.Lengths.Terms * story.Lengths.Terms;
        return length > 0 ? Math.Min(1, product / length) : 0;
    }

    /// <summary>The page's surface form of a term; null when none is kept.</summary>
    public string? SurfaceOf(uint identity)
    {
        surfaces ??= new Dictionary<uint, string>(Page.Terms.Surfaces);
        return surfaces.GetValueOrDefault(identity);
    }

    private int Start(int number) => (int)((uint)number * Scatter >> shift);

    private int Next(int at) => (at + 1) & (table.Length - 1);
}
