using System.Buffers;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>
/// The surface forms of an article's terms: the places of these terms, so that one is looked for without a look at any text; then the texts, each behind its length, in five bits a letter, or where
/// that is no shorter, as in some scripts, in UTF-8.
/// </summary>
internal readonly ref struct HeldSurfaces
{
    private const uint InLetters = 1;
    private const int MostBytes = 128;

    private readonly ReadOnlySpan<byte> texts;
    private readonly bool isInLetters;

    /// <summary>Reads those that <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">From their number on.</param>
    public HeldSurfaces(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var head = Varint.Read(bytes, ref at);
        isInLetters = (head & InLetters) != 0;
        Places = bytes.Slice(at, (int)(head >> 1));
        texts = bytes[(at + Places.Length)..];
    }

    /// <summary>Of each, the place of its term among the article's.</summary>
    public ReadOnlySpan<byte> Places { get; }

    /// <summary>How the article writes the term at a place; null when that is not kept.</summary>
    public string? TextOf(int place) => place <= byte.MaxValue && Places.IndexOf((byte)place) is var number and >= 0 ? TextAt(number) : null;

    /// <summary>The text of one of these.</summary>
    public string TextAt(int number)
    {
        if (isInLetters)
        {
            Span<byte> room = stackalloc byte[MostBytes];
            var letters = new LetterReader(texts);
            letters.Skip(number);
            return Encoding.UTF8.GetString(room[..letters.Text(room)]);
        }

        var at = 0;
        for (; number > 0; number--)
        {
            at += 1 + texts[at];
        }

        return Encoding.UTF8.GetString(texts.Slice(at + 1, texts[at]));
    }

    /// <summary>Writes surface forms, but of terms beyond the places that a byte can tell, of which there are none in the usual room.</summary>
    /// <param name="into">Where to. Three more bytes are to follow.</param>
    /// <param name="surfaces">As <see cref="Text.PackedTerms.SurfaceBytes"/> gives them.</param>
    /// <param name="ranks">The place of each term among the article's as the index has them.</param>
    public static void Write(ArrayBufferWriter<byte> into, ReadOnlySpan<byte> surfaces, ReadOnlySpan<int> ranks)
    {
        var (places, letters, utf8) = (new List<byte>(surfaces[0]), new LetterWriter(), new List<byte>(surfaces.Length));
        var canBeInLetters = true;
        for (var at = 1; at < surfaces.Length; at += 2 + surfaces[at + 1])
        {
            var (rank, length) = (ranks[surfaces[at]], surfaces[at + 1]);
            if (rank <= byte.MaxValue)
            {
                places.Add((byte)rank);
                letters.Text(surfaces.Slice(at + 2, length));
                utf8.AddRange(surfaces.Slice(at + 1, 1 + length));
                canBeInLetters &= length <= MostBytes;
            }
        }

        var isInLetters = canBeInLetters && letters.Bytes.Length < utf8.Count;
        into.Advance(Varint.Write(into.GetSpan(Varint.MostBytes), ((uint)places.Count << 1) | (isInLetters ? InLetters : 0)));
        into.Write((byte[])[.. places]);
        into.Write(isInLetters ? letters.Bytes : [.. utf8]);
    }
}
