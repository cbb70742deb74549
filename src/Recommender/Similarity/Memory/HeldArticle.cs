using System.Runtime.InteropServices;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>An article as the index holds it: its id, a byte of flags, the length of its text, its latent vector, its links, its terms, and their surface forms. <see cref="HeldArticleWriter"/> writes them.</summary>
internal readonly ref struct HeldArticle
{
    /// <summary>The flag of an article that is of use whatever its age.</summary>
    public const byte EvergreenFlag = 1;

    private readonly ReadOnlySpan<byte> terms;
    private readonly ref readonly HeldFacts facts;
    private readonly byte flags;
    private readonly byte textLength;

    /// <summary>Reads one.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="facts">What is kept of it beside them.</param>
    public HeldArticle(ReadOnlySpan<byte> bytes, in HeldFacts facts)
    {
        var at = 0;
        this.facts = ref facts;
        IdBytes = Next(bytes, ref at, sizeof(byte));
        (flags, textLength) = (bytes[at], bytes[at + 1]);
        at += 2;
        Latent = Next(bytes, ref at, sizeof(byte));
        Links = MemoryMarshal.Cast<byte, uint>(Next(bytes, ref at, sizeof(uint)));
        Head = bytes[..at];
        terms = bytes[at..];
    }

    /// <summary>What is kept beside its bytes.</summary>
    public ref readonly HeldFacts Facts => ref facts;

    /// <summary>Its id, in UTF-8.</summary>
    public ReadOnlySpan<byte> IdBytes { get; }

    /// <summary>Its id.</summary>
    public string Id => Encoding.UTF8.GetString(IdBytes);

    /// <summary>Whether it is of use whatever its age.</summary>
    public bool IsEvergreen => (flags & EvergreenFlag) != 0;

    /// <summary>Length of its text, in a byte.</summary>
    public byte TextLength => textLength;

    /// <summary>The bytes of its latent vector; none where it has no such vector.</summary>
    public ReadOnlySpan<byte> Latent { get; }

    /// <summary>Hashed addresses that it links to.</summary>
    public ReadOnlySpan<uint> Links { get; }

    /// <summary>Its terms.</summary>
    public HeldTerms Terms => new(terms);

    /// <summary>All bytes before those of its terms.</summary>
    public ReadOnlySpan<byte> Head { get; }

    /// <summary>Bytes of its terms without their surface forms.</summary>
    public ReadOnlySpan<byte> TermBytes => terms[..^Terms.Surfaces.Length];

    /// <summary>The surface forms of its terms.</summary>
    /// <param name="table">The table that it was written by.</param>
    public HeldSurfaces Surfaces(TermTable table) => new(Terms.Surfaces, table);

    /// <summary>The cosine of all weighted terms of two articles: what <see cref="PageTerms.Cosine"/> gives, for one pair alone.</summary>
    public static double Cosine(in HeldArticle one, in HeldArticle other, TermTable table)
    {
        var length = (double)one.Facts.Lengths.Terms * other.Facts.Lengths.Terms;
        return length > 0 ? Math.Min(1, HeldTerms.Product(one.Terms, other.Terms, table) / length) : 0;
    }

    private static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> bytes, scoped ref int at, int size)
    {
        var length = (int)Varint.Read(bytes, ref at) * size;
        at += length;
        return bytes.Slice(at - length, length);
    }
}

/// <summary>What the index keeps of an article beside its bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
internal struct HeldFacts
{
    /// <summary>When it was published, in ticks of UTC.</summary>
    public long Published { get; init; }

    /// <summary>Where its bytes are.</summary>
    public uint Region { get; init; }

    /// <summary>How many there are; 0 for one that is gone.</summary>
    public int Length { get; init; }

    /// <summary>The set of its topics.</summary>
    public int Topics { get; init; }

    /// <summary>Its address, hashed.</summary>
    public uint Address { get; init; }

    /// <summary>Lengths of its vectors.</summary>
    public VectorLengths Lengths;

    /// <summary>When it was published.</summary>
    public readonly DateTimeOffset PublishedAt => new(Published, TimeSpan.Zero);
}
