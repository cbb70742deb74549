using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>
/// The surface forms of an article's terms: the places of these terms, so that one is looked for without a look at any text; a bit for each that is not what the table of terms has as the usual form,
/// as most are; and the texts of those, each behind its length, in five bits a letter, or where that is no shorter, as in some scripts, in UTF-8.
/// </summary>
internal readonly ref struct HeldSurfaces
{
    private const uint InLetters = 1;
    private const int MostBytes = 128;
    private const int Bits = 8;

    // Of each, the place of its term among the article's.
    private readonly ReadOnlySpan<byte> places;
    private readonly ReadOnlySpan<byte> unusual;
    private readonly ReadOnlySpan<byte> texts;
    private readonly TermTable table;
    private readonly bool isInLetters;

    /// <summary>Reads those that <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">From their number on.</param>
    /// <param name="table">The table that they were written by.</param>
    public HeldSurfaces(ReadOnlySpan<byte> bytes, TermTable table)
    {
        var at = 0;
        this.table = table;
        var head = Varint.Read(bytes, ref at);
        isInLetters = (head & InLetters) != 0;
        places = bytes.Slice(at, (int)(head >> 1));
        unusual = bytes.Slice(at + places.Length, BytesOf(places.Length));
        texts = bytes[(at + places.Length + unusual.Length)..];
    }

    /// <summary>How the article writes one of its terms; null when that is not kept.</summary>
    /// <param name="place">The term's place among the article's.</param>
    /// <param name="term">The term's number.</param>
    public string? TextOf(int place, int term)
    {
        Span<byte> room = stackalloc byte[MostBytes];
        return place <= byte.MaxValue && places.IndexOf((byte)place) is var number and >= 0 ? Encoding.UTF8.GetString(TextAt(number, term, room)) : null;
    }

    /// <summary>All of them as <see cref="Write"/> takes them, by their terms' places here.</summary>
    /// <param name="numbers">The number of each term of the article.</param>
    public ReadOnlySpan<byte> ToBytes(ReadOnlySpan<int> numbers)
    {
        Span<byte> room = stackalloc byte[MostBytes];
        var bytes = new List<byte> { (byte)places.Length };
        for (var number = 0; number < places.Length; number++)
        {
            var text = TextAt(number, numbers[places[number]], room);
            bytes.Add(places[number]);
            bytes.Add((byte)text.Length);
            bytes.AddRange(text);
        }

        return CollectionsMarshal.AsSpan(bytes);
    }

    /// <summary>Writes surface forms, but of terms beyond the places that a byte can tell, of which there are none in the usual room.</summary>
    /// <param name="into">Where to. Three more bytes are to follow.</param>
    /// <param name="surfaces">As <see cref="Text.PackedTerms.SurfaceBytes"/> gives them.</param>
    /// <param name="ranks">The place of each term, as it is known there, among the article's as the index has them.</param>
    /// <param name="numbers">The numbers of the article's terms as the index has them.</param>
    /// <param name="table">The table of terms, which learns how they are written.</param>
    public static void Write(ArrayBufferWriter<byte> into, ReadOnlySpan<byte> surfaces, ReadOnlySpan<int> ranks, ReadOnlySpan<int> numbers, TermTable table)
    {
        var (places, letters, utf8) = (new List<byte>(surfaces[0]), new LetterWriter(), new List<byte>(surfaces.Length));
        Span<byte> unusual = stackalloc byte[BytesOf(byte.MaxValue)];
        unusual.Clear();
        var canBeInLetters = true;
        for (var at = 1; at < surfaces.Length; at += 2 + surfaces[at + 1])
        {
            if (ranks[surfaces[at]] is var rank and <= byte.MaxValue)
            {
                var text = surfaces.Slice(at + 2, surfaces[at + 1]);
                if (!table.UsualSurface(numbers[rank], text).SequenceEqual(text))
                {
                    unusual[places.Count / Bits] |= (byte)(1 << (places.Count % Bits));
                    letters.Text(text);
                    utf8.Add((byte)text.Length);
                    utf8.AddRange(text);
                    canBeInLetters &= text.Length <= MostBytes;
                }

                places.Add((byte)rank);
            }
        }

        var isInLetters = canBeInLetters && letters.Bytes.Length < utf8.Count;
        into.Advance(Varint.Write(into.GetSpan(Varint.MostBytes), ((uint)places.Count << 1) | (isInLetters ? InLetters : 0)));
        into.Write((byte[])[.. places]);
        into.Write(unusual[..BytesOf(places.Count)]);
        into.Write(isInLetters ? letters.Bytes : [.. utf8]);
    }

    private static int BytesOf(int bits) => (bits + Bits - 1) / Bits;

    // The form of one of these terms, in UTF-8; the room may be used for it.
    private ReadOnlySpan<byte> TextAt(int number, int term, Span<byte> room)
    {
        if ((unusual[number / Bits] & (1 << (number % Bits))) == 0)
        {
            return table.SurfaceOf(term);
        }

        var before = BitOperations.PopCount((uint)unusual[number / Bits] & ((1u << (number % Bits)) - 1));
        foreach (var bits in unusual[..(number / Bits)])
        {
            before += BitOperations.PopCount(bits);
        }

        return isInLetters ? Letters(before, room) : Utf8(before);
    }

    private ReadOnlySpan<byte> Letters(int before, Span<byte> room)
    {
        var letters = new LetterReader(texts);
        letters.Skip(before);
        return room[..letters.Text(room)];
    }

    private ReadOnlySpan<byte> Utf8(int before)
    {
        var at = 0;
        for (; before > 0; before--)
        {
            at += 1 + texts[at];
        }

        return texts.Slice(at + 1, texts[at]);
    }
}
