using System.Buffers;
using System.Text;
using Recommender.Text;

namespace Recommender.Similarity.Memory;

/// <summary>Writes the bytes of a <see cref="HeldArticle"/>.</summary>
internal static class HeldArticleWriter
{
    /// <summary>The bytes of an article.</summary>
    /// <param name="article">The article.</param>
    /// <param name="numbers">The number of each of its terms.</param>
    /// <param name="table">The table in which they have these.</param>
    public static ReadOnlySpan<byte> Write(IndexedArticle article, ReadOnlySpan<int> numbers, TermTable table)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        WriteCount(bytes, Encoding.UTF8.GetByteCount(article.Id));
        Encoding.UTF8.GetBytes(article.Id, bytes);
        bytes.Write([article.Evergreen ? HeldArticle.EvergreenFlag : (byte)0, article.Terms.TextLengthByte]);
        var latent = article.Latent?.ToBytes() ?? [];
        WriteCount(bytes, latent.Length);
        bytes.Write(latent);
        WriteCount(bytes, article.Links.Count);
        foreach (var link in article.Links)
        {
            // As they lie in memory, for that is where they are read.
            System.Runtime.InteropServices.MemoryMarshal.Write(bytes.GetSpan(sizeof(uint)), link);
            bytes.Advance(sizeof(uint));
        }

        WriteTerms(bytes, article.Terms, numbers, table);
        return bytes.WrittenSpan;
    }

    /// <summary>The bytes of an article whose terms get other numbers in the same order, in a table that has the same usual surface forms.</summary>
    /// <param name="article">The article.</param>
    /// <param name="numbers">The new number of each.</param>
    public static ReadOnlySpan<byte> Renumber(HeldArticle article, ReadOnlySpan<int> numbers)
    {
        var held = article.Terms;
        var surfaces = held.Surfaces;
        var (own, terms) = (new int[held.Count], new PackedTerm[held.Count]);
        while (held.MoveNext())
        {
            (own[held.Place], terms[held.Place]) = (numbers[held.Number], held.Term);
        }

        var bytes = new byte[article.Head.Length + HeldTerms.MostBytesOf(own.Length) + surfaces.Length];
        article.Head.CopyTo(bytes);
        var length = article.Head.Length + HeldTerms.Write(bytes.AsSpan(article.Head.Length), own, terms);
        surfaces.CopyTo(bytes.AsSpan(length));
        return bytes.AsSpan(0, length + surfaces.Length);
    }

    /// <summary>The terms of an article as they were before it came into the index.</summary>
    public static PackedTerms Unpack(HeldArticle article, TermTable table)
    {
        var terms = new List<PackedTerm>();
        var held = article.Terms;
        while (held.MoveNext())
        {
            terms.Add(held.Term with { Identity = table.IdentityOf(held.Number) });
        }

        var sorted = terms.OrderBy(term => term.Identity).ToList();
        var places = sorted.Index().ToDictionary(term => term.Item.Identity, term => term.Index);
        var surfaces = article.Surfaces(table).ToBytes(article.Terms.Numbers());
        var texts = new List<(byte, byte[])>(surfaces[0]);
        for (var at = 1; at < surfaces.Length; at += 2 + surfaces[at + 1])
        {
            texts.Add(((byte)places[terms[surfaces[at]].Identity], surfaces.Slice(at + 2, surfaces[at + 1]).ToArray()));
        }

        return PackedTerms.Pack(article.TextLength, sorted, texts);
    }

    private static void WriteTerms(ArrayBufferWriter<byte> bytes, PackedTerms terms, ReadOnlySpan<int> numbers, TermTable table)
    {
        Span<int> places = new int[numbers.Length];
        for (var place = 0; place < places.Length; place++)
        {
            places[place] = place;
        }

        Span<int> sorted = numbers.ToArray();
        sorted.Sort(places);
        var (ranks, packed) = (new int[places.Length], new PackedTerm[places.Length]);
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            ranks[places[rank]] = rank;
            packed[rank] = terms.TermAt(places[rank]);
        }

        bytes.Advance(HeldTerms.Write(bytes.GetSpan(HeldTerms.MostBytesOf(sorted.Length)), sorted, packed));
        HeldSurfaces.Write(bytes, terms.SurfaceBytes, ranks, sorted, table);

        // A reader of the last term, or of the last letter, looks as many bytes ahead as it could take.
        bytes.Write<byte>([0, 0, 0]);
    }

    private static void WriteCount(ArrayBufferWriter<byte> bytes, int count) => bytes.Advance(Varint.Write(bytes.GetSpan(Varint.MostBytes), (uint)count));
}
