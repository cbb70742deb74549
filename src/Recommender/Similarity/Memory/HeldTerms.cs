using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recommender.Text;

namespace Recommender.Similarity.Memory;

/// <summary>
/// The terms of an article as the index holds them, ascending by number and gone through once. They stand in three rows, so that going through them takes no branch that depends on what is there: how
/// many bytes each takes, two bits a term; its number as the distance from the one before, with three bits that tell names, pairs, and marked terms; and of those a byte with weight and places. Not
/// marked is a term that stands once in the article, and not where its introduction is. Behind them are the surface forms.
/// </summary>
internal ref struct HeldTerms
{
    private const uint PairFlag = HeldTerm.PairFlag;
    private const uint NameFlag = HeldTerm.NameFlag;
    private const uint MarkFlag = 4;
    private const int MarkBit = 2;
    private const int FlagBits = 3;
    private const int LengthBits = 2;
    private const int LengthsPerByte = 8 / LengthBits;
    private const uint LengthMask = (1 << LengthBits) - 1;

    private readonly ReadOnlySpan<byte> bits;
    private readonly ref byte lengths;
    private ref byte next;
    private uint entry;
    private uint code;
    private int marked;

    /// <summary>Reads those that <see cref="Write"/> wrote.</summary>
    public HeldTerms(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        Count = (int)Varint.Read(bytes, ref at);
        var length = (int)Varint.Read(bytes, ref at);
        var marks = (int)Varint.Read(bytes, ref at);
        var row = (Count + LengthsPerByte - 1) / LengthsPerByte;
        lengths = ref MemoryMarshal.GetReference(bytes[at..]);
        next = ref Unsafe.Add(ref lengths, row);
        bits = bytes.Slice(at + row + length, marks);
        Surfaces = bytes[(at + row + length + marks)..];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The surface forms: <see cref="HeldSurfaces"/>.</summary>
    public ReadOnlySpan<byte> Surfaces { get; }

    /// <summary>Number of the term.</summary>
    public int Number { get; private set; }

    /// <summary>Its place among the article's.</summary>
    public int Place { get; private set; } = -1;

    /// <summary>The term, but for what is in the table of terms.</summary>
    public readonly PackedTerm Term => Current.Term;

    /// <summary>The term as it is kept.</summary>
    public readonly HeldTerm Current
    {
        // What is before the first marks is read for a term before them, and not used.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Number, (ushort)Place, (byte)(entry & (PairFlag | NameFlag)), (byte)(Unsafe.Add(ref MemoryMarshal.GetReference(bits), marked - 1) & -(int)(entry >> MarkBit & 1)));
    }

    /// <summary>Goes to the next term. False behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (++Place >= Count)
        {
            return false;
        }

        // Four terms' lengths are in a byte. As many bytes as a term can take are read, which there are, for surface forms are behind them.
        code = Place % LengthsPerByte == 0 ? Unsafe.Add(ref lengths, Place / LengthsPerByte) : code >> LengthBits;
        var shorter = (int)(LengthMask - (code & LengthMask));
        entry = Unsafe.ReadUnaligned<uint>(ref next) & (uint.MaxValue >> (8 * shorter));
        next = ref Unsafe.Add(ref next, sizeof(uint) - shorter);
        Number += (int)(entry >> FlagBits);
        marked += (int)(entry >> MarkBit) & 1;
        return true;
    }

    /// <summary>The numbers of those that are left.</summary>
    public int[] Numbers()
    {
        var numbers = new int[Count];
        while (MoveNext())
        {
            numbers[Place] = Number;
        }

        return numbers;
    }

    /// <summary>The product of the weighted terms of two articles.</summary>
    public static double Product(HeldTerms one, HeldTerms other, TermTable table)
    {
        var product = 0.0;
        for (var isMore = one.MoveNext() && other.MoveNext(); isMore;)
        {
            if (one.Number == other.Number)
            {
                double worth = table.WorthOf(one.Number);
                product += one.Term.Weight * other.Term.Weight * (worth * worth);
                isMore = one.MoveNext() && other.MoveNext();
            }
            else
            {
                isMore = one.Number < other.Number ? one.MoveNext() : other.MoveNext();
            }
        }

        return product;
    }

    /// <summary>Writes terms, but no surface forms: those are to follow, four bytes at least.</summary>
    /// <param name="into">Where to.</param>
    /// <param name="numbers">Their numbers, ascending.</param>
    /// <param name="terms">The terms in the same order.</param>
    /// <returns>How many bytes they take.</returns>
    public static int Write(Span<byte> into, ReadOnlySpan<int> numbers, ReadOnlySpan<PackedTerm> terms)
    {
        var data = new byte[sizeof(uint) * (numbers.Length + 1)];
        var row = new byte[(numbers.Length + LengthsPerByte - 1) / LengthsPerByte];
        var (length, marks) = (0, 0);
        for (int place = 0, before = 0; place < numbers.Length; before = numbers[place++])
        {
            var entry = ((uint)(numbers[place] - before) << FlagBits) | (terms[place].IsName ? NameFlag : 0) | (PackedTerms.IsPair(terms[place].Identity) ? PairFlag : 0) | (terms[place].Bits != 0 ? MarkFlag : 0);
            var bytes = entry switch { <= 0xFF => 1, <= 0xFFFF => 2, <= 0xFF_FFFF => 3, _ => 4 };
            MemoryMarshal.Write(data.AsSpan(length), entry);
            length += bytes;
            marks += terms[place].Bits != 0 ? 1 : 0;
            row[place / LengthsPerByte] |= (byte)((bytes - 1) << (LengthBits * (place % LengthsPerByte)));
        }

        var at = Varint.Write(into, (uint)numbers.Length);
        at += Varint.Write(into[at..], (uint)length);
        at += Varint.Write(into[at..], (uint)marks);
        row.CopyTo(into[at..]);
        data.AsSpan(0, length).CopyTo(into[(at += row.Length)..]);
        at += length;
        foreach (var term in terms)
        {
            if (term.Bits != 0)
            {
                into[at++] = term.Bits;
            }
        }

        return at;
    }

    /// <summary>Most bytes that so many terms take.</summary>
    public static int MostBytesOf(int terms) => (3 * Varint.MostBytes) + ((sizeof(uint) + 2) * (terms + 1));
}

/// <summary>A term of an article as the index holds it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Place">Its place among the article's.</param>
/// <param name="Flags">Whether it is a pair of words, and whether it is a name.</param>
/// <param name="Bits">Its weight and places.</param>
internal readonly record struct HeldTerm(int Number, ushort Place, byte Flags, byte Bits)
{
    /// <summary>The flag of a pair of words.</summary>
    public const byte PairFlag = 1;

    /// <summary>The flag of a name.</summary>
    public const byte NameFlag = 2;

    /// <summary>The term, but for what is in the table of terms.</summary>
    public PackedTerm Term => new((uint)Flags & PairFlag, (Flags & NameFlag) != 0, Bits);
}
