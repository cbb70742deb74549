using Recommender.Text;
using Recommender.Threads;

namespace Recommender.Similarity.Packs;

/// <summary>
/// Articles one after the other in bytes: a byte of format, then for each its id, a byte of flags, and, unless it is gone, when it was published (ticks of UTC), its language, its topics, its hashed
/// address and links, its terms, its latent vector and its running story, as far as it has them. Numbers are little-endian, lengths and counts take seven bits a byte, texts are UTF-8.
/// </summary>
public static class IndexPack
{
    private const byte Format = 1;

    [Flags]
    private enum Flags : byte
    {
        None = 0,
        IsThere = 1,
        IsEvergreen = 2,
        HasLatent = 4,
        HasThread = 8,
    }

    /// <summary>Packs articles.</summary>
    public static byte[] Write(IEnumerable<PackedArticle> articles)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Format);
            foreach (var article in articles)
            {
                Write(writer, article);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write(IEnumerable{PackedArticle})"/> gave.</summary>
    /// <exception cref="InvalidDataException">It is something else, or of another build.</exception>
    public static IReadOnlyList<PackedArticle> Read(byte[] pack)
    {
        using var reader = new BinaryReader(new MemoryStream(pack, writable: false));
        var articles = new List<PackedArticle>();
        try
        {
            if (reader.ReadByte() != Format)
            {
                throw new InvalidDataException("This pack of articles is of another format.");
            }

            while (reader.BaseStream.Position < reader.BaseStream.Length)
            {
                articles.Add(Read(reader));
            }
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("This pack of articles is damaged.", failure);
        }

        return articles;
    }

    private static void Write(BinaryWriter writer, PackedArticle packed)
    {
        writer.Write(packed.Id);
        if (packed.Article is not { } article)
        {
            writer.Write((byte)Flags.None);
            return;
        }

        writer.Write((byte)(Flags.IsThere | (article.Evergreen ? Flags.IsEvergreen : 0) | (article.Latent is null ? 0 : Flags.HasLatent) | (packed.Thread is null ? 0 : Flags.HasThread)));
        writer.Write(article.Published.UtcTicks);
        writer.Write(article.Language);
        writer.Write7BitEncodedInt(article.Topics.Count);
        foreach (var topic in article.Topics)
        {
            writer.Write(topic);
        }

        writer.Write(article.Address);
        writer.Write7BitEncodedInt(article.Links.Count);
        foreach (var link in article.Links)
        {
            writer.Write(link);
        }

        Write(writer, article.Terms.ToBytes());
        if (article.Latent is { } latent)
        {
            Write(writer, latent.ToBytes());
        }

        if (packed.Thread is { } thread)
        {
            writer.Write(thread.Id);
            writer.Write(thread.Name);
        }
    }

    private static PackedArticle Read(BinaryReader reader)
    {
        var id = reader.ReadString();
        var flags = (Flags)reader.ReadByte();
        if (flags == Flags.None)
        {
            return new PackedArticle(id, null, null);
        }

        var (published, language) = (new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadString());
        var topics = ReadMany(reader, reader => reader.ReadString());
        var (address, links) = (reader.ReadUInt32(), ReadMany(reader, reader => reader.ReadUInt32()));
        var terms = PackedTerms.FromBytes(ReadBytes(reader)) ?? throw new InvalidDataException("This pack has terms of another format.");
        var latent = flags.HasFlag(Flags.HasLatent) ? LatentVector.FromBytes(ReadBytes(reader)) : null;
        var thread = flags.HasFlag(Flags.HasThread) ? new StoryThread(reader.ReadString(), reader.ReadString()) : null;
        return new PackedArticle(
            id,
            new IndexedArticle(id, published, language, terms) { Topics = topics, Evergreen = flags.HasFlag(Flags.IsEvergreen), Address = address, Links = links, Latent = latent },
            thread);
    }

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(CountOf(reader));

    private static T[] ReadMany<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[CountOf(reader)];
        for (var number = 0; number < items.Length; number++)
        {
            items[number] = read(reader);
        }

        return items;
    }

    // No more than there are bytes left, so that a damaged pack takes no memory that it cannot fill.
    private static int CountOf(BinaryReader reader) => reader.Read7BitEncodedInt() is var count && count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
        ? count
        : throw new EndOfStreamException();
}
