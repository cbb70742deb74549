using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>The surface forms of an article's terms, to be gone through once: in five bits a letter, or where that is no shorter, as in some scripts, in UTF-8.</summary>
internal ref struct HeldSurfaces
{
    private const uint InLetters = 1;
    private const int MostBytes = 128;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool isInLetters;
    private LetterReader letters;
    private Room room;
    private int left;
    private int at;
    private int length;

    /// <summary>Reads those that <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">From their number on.</param>
    public HeldSurfaces(ReadOnlySpan<byte> bytes)
    {
        var head = Varint.Read(bytes, ref at);
        (left, isInLetters) = ((int)(head >> 1), (head & InLetters) != 0);
        this.bytes = bytes;
        letters = new LetterReader(bytes[at..]);
    }

    /// <summary>The place of the term among the article's.</summary>
    public int Place { get; private set; }

    /// <summary>How the article writes it.</summary>
    public readonly string Text => Encoding.UTF8.GetString(isInLetters ? ((ReadOnlySpan<byte>)room)[..length] : bytes.Slice(at - length, length));

    /// <summary>Goes to the next. False behind the last.</summary>
    public bool MoveNext()
    {
        if (left == 0)
        {
            return false;
        }

        left--;
        if (isInLetters)
        {
            Place = letters.Byte();
            length = letters.Text(room);
        }
        else
        {
            Place = (int)Varint.Read(bytes, ref at);
            length = bytes[at++];
            at += length;
        }

        return true;
    }

    /// <summary>Writes surface forms: their number with how they are written; then for each the place of its term and its text.</summary>
    /// <param name="into">Where to. Three more bytes are to follow.</param>
    /// <param name="surfaces">As <see cref="Text.PackedTerms.SurfaceBytes"/> gives them.</param>
    /// <param name="ranks">The place of each term among the article's as the index has them.</param>
    public static void Write(ArrayBufferWriter<byte> into, ReadOnlySpan<byte> surfaces, ReadOnlySpan<int> ranks)
    {
        var (inLetters, inBytes) = (new LetterWriter(), new ArrayBufferWriter<byte>(Math.Max(1, surfaces.Length)));
        var canBeInLetters = true;
        for (var at = 1; at < surfaces.Length; at += 2 + surfaces[at + 1])
        {
            var rank = ranks[surfaces[at]];
            var text = surfaces.Slice(at + 2, surfaces[at + 1]);
            canBeInLetters &= rank <= byte.MaxValue && text.Length <= MostBytes;
            inLetters.Byte((byte)rank);
            inLetters.Text(text);
            inBytes.Advance(Varint.Write(inBytes.GetSpan(Varint.MostBytes), (uint)rank));
            inBytes.Write(surfaces.Slice(at + 1, 1 + text.Length));
        }

        var isInLetters = canBeInLetters && inLetters.Bytes.Length < inBytes.WrittenCount;
        into.Advance(Varint.Write(into.GetSpan(Varint.MostBytes), ((uint)surfaces[0] << 1) | (isInLetters ? InLetters : 0)));
        into.Write(isInLetters ? inLetters.Bytes : inBytes.WrittenSpan);
    }

    [InlineArray(MostBytes)]
    private struct Room
    {
        private byte first;
    }
}
