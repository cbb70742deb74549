using System.Numerics;
using Recommender.Similarity.Memory;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>A page, of the index or not, laid out to be compared with many stories of it: its terms by their numbers, with all that is known of them.</summary>
internal sealed class PageTerms
{
    private const uint Scatter = 0x9E37_79B1;

    // At most a quarter is taken.
    private const int Spread = 4;

    // Most terms of a story are none of the page's, which is told by a bit for each of so many hashes.
    private const int FilterBits = 13;

    private readonly PageTerm[] terms;
    private readonly ulong[] filter = new ulong[1 << (FilterBits - 6)];
    private readonly int[] numbers;
    private readonly ushort[] places;
    private readonly TermMatch[] matches;
    private readonly string?[] surfaces;
    private readonly TermTable table;
    private readonly int shift;
    private HeldTerm[] likely = [];

    private PageTerms(PageTerm[] terms, string?[] surfaces, TermTable table)
    {
        (this.terms, this.surfaces, this.table) = (terms, surfaces, table);
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, Spread * terms.Length)));
        numbers = new int[1 << bits];
        places = new ushort[1 << bits];
        matches = new TermMatch[terms.Length];
        shift = 32 - bits;
        for (var place = 0; place < terms.Length; place++)
        {
            if (terms[place].Number is var number and >= 0)
            {
                var hash = (uint)number * Scatter;
                filter[hash >> (32 - FilterBits + 6)] |= 1ul << (int)(hash >> (32 - FilterBits));
                var at = (int)(hash >> shift);
                while (numbers[at] != 0)
                {
                    at = (at + 1) & (numbers.Length - 1);
                }

                // One more than the number, so that nothing is 0.
                (numbers[at], places[at]) = (number + 1, (ushort)place);
            }
        }
    }

    /// <summary>Its place in the index; −1 for a page that is not there.</summary>
    public int Place { get; private init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset Published { get; private init; }

    /// <summary>The number of its language; −1 when no article is in it.</summary>
    public int Language { get; private init; }

    /// <summary>The set of its topics.</summary>
    public int Topics { get; private init; }

    /// <summary>Its address, hashed.</summary>
    public uint Address { get; private init; }

    /// <summary>Hashed addresses that it links to.</summary>
    public uint[] Links { get; private init; } = [];

    /// <summary>The bytes of its latent vector; none where it has no such vector.</summary>
    public byte[] Latent { get; private init; } = [];

    /// <summary>Length of its text, in a byte.</summary>
    public byte TextLength { get; private init; }

    /// <summary>Lengths of its vectors.</summary>
    public VectorLengths Lengths { get; private init; }

    /// <summary>Its terms.</summary>
    public ReadOnlySpan<PageTerm> Terms => terms;

    // Of those of an article of the index few are looked for.
    private byte[] Surfaces { get; init; } = [];

    /// <summary>An article of the index.</summary>
    public static PageTerms Of(HeldArticles articles, int place, TermTable table)
    {
        var article = articles.At(place);
        var held = article.Terms;
        var terms = new PageTerm[held.Count];
        while (held.MoveNext())
        {
            terms[held.Place] = new PageTerm(held.Number, table.IdentityOf(held.Number), held.Term.Weight, held.Term.Traits, table.WorthOf(held.Number), table.IsRare(held.Number));
        }

        return new PageTerms(terms, new string?[terms.Length], table)
        {
            Surfaces = article.Terms.Surfaces.ToArray(),
            Place = place,
            Published = article.Facts.PublishedAt,
            Language = articles.MarkOf(place).Language,
            Topics = article.Facts.Topics,
            Address = article.Facts.Address,
            Links = article.Links.ToArray(),
            Latent = article.Latent.ToArray(),
            TextLength = article.TextLength,
            Lengths = article.Facts.Lengths,
        };
    }

    /// <summary>An article that need not be in the index.</summary>
    public static PageTerms Of(IndexedArticle article, HeldArticles articles, TermTable table, int topics, VectorLengths lengths)
    {
        var (terms, known) = (new PageTerm[article.Terms.Count], new Dictionary<uint, string>(article.Terms.Surfaces));
        for (var place = 0; place < terms.Length; place++)
        {
            var term = article.Terms.TermAt(place);
            var number = table.Find(term.Identity);
            terms[place] = new PageTerm(number, term.Identity, term.Weight, term.Traits, table.WorthOf(term.Identity), number >= 0 && table.IsRare(number));
        }

        return new PageTerms(terms, Array.ConvertAll(terms, term => known.GetValueOrDefault(term.Identity)), table)
        {
            Place = articles.PlaceOf(article.Id),
            Published = article.Published,
            Language = articles.LanguageOf(article.Language),
            Topics = topics,
            Address = article.Address,
            Links = [.. article.Links],
            Latent = article.Latent?.ToBytes() ?? [],
            TextLength = article.Terms.TextLengthByte,
            Lengths = lengths,
        };
    }

    /// <summary>The terms that a story shares with the page, in the order of their numbers; valid until the next call. One thread at a time.</summary>
    public ReadOnlySpan<TermMatch> Meet(in HeldArticle story)
    {
        var found = 0;
        foreach (ref readonly var term in Likely(story.Terms))
        {
            if (PlaceOf(term.Number) is var place and >= 0)
            {
                matches[found++] = new TermMatch(place, term.Place, term.Term, terms[place].Product(term.Term.Weight));
            }
        }

        return matches.AsSpan(0, found);
    }

    /// <summary>The page's surface form of its term at a place; null when none is kept.</summary>
    public string? SurfaceAt(int place) => surfaces[place] ??= Surfaces.Length > 0 ? new HeldSurfaces(Surfaces, table).TextOf(place, terms[place].Number) : null;

    /// <summary>The surface forms of a story.</summary>
    public HeldSurfaces SurfacesOf(in HeldArticle story) => story.Surfaces(table);

    /// <summary>The cosine of all weighted terms with those of a story, 0 to 1: what <see cref="PairComparison.Terms"/> is, without the rest.</summary>
    public double Cosine(in HeldArticle story)
    {
        var product = 0.0;
        foreach (ref readonly var match in Meet(story))
        {
            product += match.Product;
        }

        var length = (double)Lengths.Terms * story.Facts.Lengths.Terms;
        return length > 0 ? Math.Min(1, product / length) : 0;
    }

    // Those of a story's terms that pass the filter. Each is put where the next goes, and stays there when it passes: whether one does could not be foretold, and a branch would take longer.
    private ReadOnlySpan<HeldTerm> Likely(HeldTerms held)
    {
        if (likely.Length <= held.Count)
        {
            likely = new HeldTerm[held.Count + 1];
        }

        var (bits, into, count) = (filter, likely, 0);
        while (held.MoveNext())
        {
            var hash = (uint)held.Number * Scatter;
            into[count] = held.Current;
            count += (int)(bits[hash >> (32 - FilterBits + 6)] >> (int)(hash >> (32 - FilterBits))) & 1;
        }

        return into.AsSpan(0, count);
    }

    private int PlaceOf(int number)
    {
        var hash = (uint)number * Scatter;
        var mask = numbers.Length - 1;
        for (var at = (int)(hash >> shift); numbers[at & mask] is var slot && slot != 0; at++)
        {
            if (slot == number + 1)
            {
                return places[at & mask];
            }
        }

        return -1;
    }
}

/// <summary>A term of a page.</summary>
/// <param name="Number">Its number in the index; −1 for one that no article there has had.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Traits">Where and how it stands in the page.</param>
/// <param name="Worth">How much it tells.</param>
/// <param name="IsRare">Whether few articles have it.</param>
internal readonly record struct PageTerm(int Number, uint Identity, float Weight, TermTraits Traits, float Worth, bool IsRare)
{
    /// <summary>The product with the same term of a story, the same for page and story exchanged.</summary>
    public double Product(float weight) => Weight * weight * ((double)Worth * Worth);
}

/// <summary>A term that a page and a story share.</summary>
/// <param name="PagePlace">Its place among the page's terms.</param>
/// <param name="StoryPlace">Its place among the story's.</param>
/// <param name="InStory">The term in the story, but for its identity.</param>
/// <param name="Product">What it adds to their similarity.</param>
internal readonly record struct TermMatch(int PagePlace, int StoryPlace, PackedTerm InStory, double Product);
