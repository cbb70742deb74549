namespace Recommender.Similarity.Memory;

/// <summary>
/// The terms of a site's articles, each under a number of its own, with the articles that it stands in: for each its place and the level of the term's weight there. Of a term that stands in
/// one article, as most do, that is all that is kept; those of a term that several have are <see cref="Postings"/>. Not safe for threads by itself.
/// </summary>
internal sealed class TermTable
{
    /// <summary>Most places that an index can have.</summary>
    public const int MostPlaces = (1 << (31 - Posting.LevelBits)) - 1;

    private const int LevelBits = Posting.LevelBits;
    private const uint LevelMask = (1 << LevelBits) - 1;
    private const uint Several = 1u << 31;
    private const uint Nowhere = Several - 1;

    private readonly SegmentedList<Term> terms = new();
    private readonly Postings shared = new();
    private readonly UsualSurfaces surfaces = new();
    private readonly NumberTable numbers;
    private TermShares shares = TermShares.None;
    private int articles;
    private float worthOfNewWord;
    private float worthOfNewPair;

    /// <summary>Makes an empty one.</summary>
    public TermTable()
    {
        numbers = new NumberTable(number => terms[number].Identity);
        Count(0);
    }

    /// <summary>What is known of how common terms are, whether or not they were kept of articles.</summary>
    public void Learn(TermShares known) => shares = known;

    /// <summary>Says how many articles there are.</summary>
    public void Count(int among)
    {
        articles = among;
        (worthOfNewWord, worthOfNewPair) = ((float)TermStatistics.Worth(0, 1, among), (float)TermStatistics.Worth(1, 1, among));
    }

    /// <summary>The number of a term, −1 for one that no article has had.</summary>
    public int Find(uint identity) => numbers.Find(identity, new Sought(identity, terms));

    /// <summary>The number of a term, a new one if it has none.</summary>
    public int Add(uint identity)
    {
        if (Find(identity) is var known and >= 0)
        {
            return known;
        }

        var number = terms.Add(new Term { Identity = identity, Slot = Nowhere });
        numbers.Add(identity, number);
        return number;
    }

    /// <summary>An empty table that has those terms, in the same order, which articles have here, with their usual surface forms, and room for the articles; to be followed by <see cref="EndReserving"/> when the articles are there, too.</summary>
    /// <param name="others">The number there of each number here.</param>
    public TermTable Living(out int[] others)
    {
        var (living, known) = (new TermTable(), new int[terms.Count]);
        for (var number = 0; number < known.Length; number++)
        {
            known[number] = LiveOf(number) > 0 ? living.Add(IdentityOf(number)) : -1;
            if (LiveOf(number) > 1 || (LiveOf(number) > 0 && SurfaceOf(number).Length > 0))
            {
                var several = living.shared.Reserve(shared.LiveLengthOf(SharedNumberOf(number)));
                living.terms[known[number]].Slot = Several | (uint)several;
                living.surfaces.Offer(several, SurfaceOf(number));
            }
        }

        others = known;
        living.Learn(shares);
        return living;
    }

    /// <summary>From now on terms have what room they need.</summary>
    public void EndReserving() => shared.EndReserving();

    /// <summary>The identity of a term.</summary>
    public uint IdentityOf(int number) => terms[number].Identity;

    /// <summary>Says that a term stands in an article behind all that it was said to stand in before.</summary>
    public void Post(int number, int place, int level)
    {
        ref var term = ref terms[number];
        var entry = ((uint)place << LevelBits) | (uint)level;
        if (term.Slot == Nowhere)
        {
            term.Slot = entry;
            return;
        }

        if (term.Slot < Several)
        {
            term.Slot = Several | (uint)shared.Add((int)(term.Slot >> LevelBits), (int)(term.Slot & LevelMask));
        }

        shared.Append((int)(term.Slot & ~Several), place, level);
    }

    /// <summary>Says that an article that has a term is gone.</summary>
    public void Withdraw(int number)
    {
        ref var term = ref terms[number];
        if (term.Slot < Several)
        {
            term.Slot = Nowhere;
        }
        else
        {
            shared[(int)(term.Slot & ~Several)].Live--;
        }
    }

    /// <summary>Number of articles that have a term and are still there.</summary>
    public int LiveOf(int number) => terms[number].Slot switch
    {
        Nowhere => 0,
        < Several => 1,
        var slot => shared[(int)(slot & ~Several)].Live,
    };

    /// <summary>How many terms several articles have or had.</summary>
    public int SharedCount => shared.Count;

    /// <summary>The number of a term among those that several articles have or had; −1 when no more than one had it.</summary>
    public int SharedNumberOf(int number) => terms[number].Slot is var slot && slot >= Several ? (int)(slot & ~Several) : -1;

    /// <summary>What is known of a term by its number among those that several have.</summary>
    public ref readonly SharedTerm Shared(int number) => ref shared[number];

    /// <summary>How articles usually write a term, in UTF-8; nothing where that is not known, as of a term that no more than one has.</summary>
    public ReadOnlySpan<byte> SurfaceOf(int number) => SharedNumberOf(number) is var term and >= 0 ? surfaces.Of(term) : [];

    /// <summary>Says how an article writes a term, and returns how articles usually do: as this one, where several have it and nothing is known yet.</summary>
    public ReadOnlySpan<byte> UsualSurface(int number, ReadOnlySpan<byte> own)
    {
        if (SharedNumberOf(number) is not (var term and >= 0))
        {
            return [];
        }

        surfaces.Offer(term, own);
        return surfaces.Of(term);
    }

    /// <summary>How much a term tells; of one that several articles have, as of the last time it was weighed.</summary>
    public float WorthOf(int number)
    {
        ref var term = ref terms[number];
        return term.Slot >= Several ? shared[(int)(term.Slot & ~Several)].Worth : WorthOf(term.Identity, term.Slot == Nowhere ? 0 : 1);
    }

    /// <summary>How much a term tells that may have no number.</summary>
    public float WorthOf(uint identity) => Find(identity) is var number and >= 0 ? WorthOf(number) : WorthOf(identity, 0);

    /// <summary>Whether few articles have a term.</summary>
    public bool IsRare(int number) => TermStatistics.IsRare(terms[number].Identity, FrequencyOf(number), articles);

    /// <summary>Weighs a term by the articles that have it now.</summary>
    public void Weigh(int number)
    {
        ref var term = ref terms[number];
        if (term.Slot >= Several)
        {
            ref var weighed = ref shared[(int)(term.Slot & ~Several)];
            weighed.Worth = WorthOf(term.Identity, weighed.Live);
        }
    }

    /// <summary>Weighs all terms.</summary>
    public void WeighAll()
    {
        for (var number = 0; number < terms.Count; number++)
        {
            Weigh(number);
        }
    }

    /// <summary>A cursor at the first article that a term stands in.</summary>
    public PostingCursor Begin(int number) => terms[number].Slot switch
    {
        Nowhere => new PostingCursor { Place = PostingCursor.End },
        < Several and var slot => new PostingCursor { Place = (int)(slot >> LevelBits), Level = (int)(slot & LevelMask) },
        var slot => shared.Begin((int)(slot & ~Several)),
    };

    /// <summary>Goes on through the articles that a term stands in, those that are gone included.</summary>
    /// <param name="cursor">The term, at the first that was not read.</param>
    /// <param name="until">The place before which it ends.</param>
    /// <param name="into">Filled with the place of each, and the level of the term's weight there in the <see cref="Posting.LevelBits"/> lowest bits.</param>
    /// <returns>How many there were, or there was room for.</returns>
    public int Read(ref PostingCursor cursor, int until, Span<uint> into) => shared.Read(ref cursor, until, into);

    /// <summary>The byte that <see cref="Read"/> reads first; 0 when there is none.</summary>
    public byte Peek(in PostingCursor cursor) => shared.Peek(cursor);

    /// <summary>In how many articles each term stands that stands in more than one, those included that were kept of no article.</summary>
    public IEnumerable<KeyValuePair<uint, int>> Frequencies() => Enumerable.Range(0, terms.Count)
        .Select(number => KeyValuePair.Create(terms[number].Identity, FrequencyOf(number)))
        .Concat(shares.Terms.Where(term => Find(term) < 0).Select(term => KeyValuePair.Create(term, shares.FrequencyOf(term, articles))))
        .Where(term => term.Value > 1);

    /// <summary>Writes all terms, but not what is known of how common they are.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(articles);
        terms.Save(image);
        shared.Save(image);
        surfaces.Save(image);
        numbers.Save(image);
    }

    /// <summary>Fills an empty table with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        Count(image.ReadCount());
        terms.Load(image);
        shared.Load(image);
        surfaces.Load(image);
        numbers.Load(image);
    }

    private int FrequencyOf(int number) => Math.Max(LiveOf(number), shares.FrequencyOf(terms[number].Identity, articles));

    private float WorthOf(uint identity, int live) =>
        shares.FrequencyOf(identity, articles) is var share && share > live ? (float)TermStatistics.Worth(identity, share, articles)
        : live != 1 ? (float)TermStatistics.Worth(identity, live, articles)
        : Text.PackedTerms.IsPair(identity) ? worthOfNewPair : worthOfNewWord;

    private struct Term
    {
        public uint Identity { get; init; }

        // Nowhere, the entry of the one article, or the number among shared terms.
        public uint Slot { get; set; }
    }

    private readonly struct Sought(uint identity, SegmentedList<Term> terms) : IThing
    {
        public bool IsNumber(int number) => terms[number].Identity == identity;
    }
}
