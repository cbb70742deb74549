using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using Recommender.Articles;

namespace Recommender.MoreStories;

/// <summary>Very many cards in little memory: a few at a time are compressed together, and found by id. One thread adds them; many may look for them meanwhile.</summary>
internal sealed class HeldCards
{
    // More in a block are smaller together, and take longer to find one of.
    private const int PerBlock = 8;
    private const int PerSegment = 2_048 * PerBlock;
    private const int Quality = 5;
    private const int Window = 16;

    // Of an entry of a dictionary and of an array, besides what is in them.
    private const int BytesPerCard = 28;
    private const int BytesPerBlock = 40;

    private readonly ArrayBufferWriter<byte> block = new();
    private readonly int[] ends = new int[PerBlock];
    private Segment filling = new();
    private ImmutableArray<Segment> segments = [];
    private int inBlock;

    /// <summary>Bytes of memory that they take, about.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds one. It is found once a few thousand are there, or <see cref="Close"/> was called.</summary>
    public void Add(ArticleCard card)
    {
        using (var json = new Utf8JsonWriter(block))
        {
            JsonSerializer.Serialize(json, card, EngineJson.Default.ArticleCard);
        }

        filling.Places.TryAdd(HashOf(card.Id), (filling.Blocks.Count * PerBlock) + inBlock);
        Bytes += BytesPerCard;
        ends[inBlock++] = block.WrittenCount;
        if (inBlock == PerBlock)
        {
            EndBlock();
        }

        if (filling.Blocks.Count == PerSegment / PerBlock)
        {
            EndSegment();
        }
    }

    /// <summary>Has the last that were added be found.</summary>
    public void Close()
    {
        EndBlock();
        EndSegment();
    }

    /// <summary>The card of a story; null when it is not among them.</summary>
    public ArticleCard? Find(string id)
    {
        var hash = HashOf(id);
        foreach (var segment in segments)
        {
            if (segment.Places.TryGetValue(hash, out var place) && Read(segment.Blocks[place / PerBlock], place % PerBlock) is var card && card.Id == id)
            {
                return card;
            }
        }

        return null;
    }

    private static ArticleCard Read(Block block, int place)
    {
        var room = ArrayPool<byte>.Shared.Rent(block.Ends[^1]);
        try
        {
            if (!BrotliDecoder.TryDecompress(block.Compressed, room, out _))
            {
                throw new InvalidOperationException("Cards in memory cannot be read.");
            }

            return JsonSerializer.Deserialize(room.AsSpan(place == 0 ? 0 : block.Ends[place - 1], block.Ends[place] - (place == 0 ? 0 : block.Ends[place - 1])), EngineJson.Default.ArticleCard)!;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static ulong HashOf(string id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()));

    private void EndBlock()
    {
        if (inBlock == 0)
        {
            return;
        }

        var room = new byte[BrotliEncoder.GetMaxCompressedLength(block.WrittenCount)];
        BrotliEncoder.TryCompress(block.WrittenSpan, room, out var length, Quality, Window);
        filling.Blocks.Add(new Block(room[..length], ends[..inBlock]));
        Bytes += length + (sizeof(int) * inBlock) + (2 * BytesPerBlock);
        block.ResetWrittenCount();
        inBlock = 0;
    }

    private void EndSegment()
    {
        // Whoever sees the segment sees all that is in it.
        ImmutableInterlocked.Update(ref segments, (all, more) => all.Add(more), filling);
        filling = new Segment();
    }

    /// <summary>Cards that are not added to any more.</summary>
    private sealed class Segment
    {
        public Dictionary<ulong, int> Places { get; } = new(PerSegment);

        public List<Block> Blocks { get; } = [];
    }

    /// <summary>A few cards, one behind the other.</summary>
    private readonly record struct Block(byte[] Compressed, int[] Ends);
}
