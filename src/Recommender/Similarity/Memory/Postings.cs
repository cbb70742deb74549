namespace Recommender.Similarity.Memory;

/// <summary>The articles of those terms that several have: for each term its places in ascending order, each a <see cref="Posting"/>, one after the other in an arena. Not safe for threads by itself.</summary>
internal sealed class Postings
{
    private readonly SegmentedList<SharedTerm> terms = new();
    private readonly ByteArena arena = new();

    // Rooms of the first terms where they were made in advance, until all is there. What one has beyond its need then is lost until all is put together again.
    private List<int>? reserved;

    /// <summary>Number of terms.</summary>
    public int Count => terms.Count;

    /// <summary>What is kept of a term beside its places.</summary>
    public ref SharedTerm this[int number] => ref terms[number];

    /// <summary>Adds a term that stands in one article so far, and returns its number here.</summary>
    public int Add(int place, int level)
    {
        var number = terms.Add(new SharedTerm { Region = arena.Rent(PostingRooms.Fewest) });
        Append(number, place, level);
        return number;
    }

    /// <summary>Adds a term with room for about so many bytes of places, none of which is known yet, and returns its number here. To be followed by <see cref="EndReserving"/> when all are.</summary>
    public int Reserve(int bytes)
    {
        var room = PostingRooms.For(bytes);
        (reserved ??= []).Add(room);
        return terms.Add(new SharedTerm { Region = arena.Rent(room) });
    }

    /// <summary>From now on rooms are what their terms need.</summary>
    public void EndReserving() => reserved = null;

    /// <summary>About how many bytes the places of a term take without those of articles that are gone.</summary>
    public int LiveLengthOf(int number)
    {
        ref var term = ref terms[number];
        var postings = 0;
        foreach (var part in arena.At(term.Region, term.Length))
        {
            postings += Varint.IsLast(part) ? 1 : 0;
        }

        return (int)Math.Ceiling((double)term.Length * term.Live / postings);
    }

    /// <summary>Says that a term stands in an article behind all that it was said to stand in before.</summary>
    public void Append(int number, int place, int level)
    {
        ref var term = ref terms[number];
        Span<byte> bytes = stackalloc byte[Varint.MostBytes];
        bytes = bytes[..Varint.Write(bytes, Posting.Of(place - term.Last, level))];
        var (room, needed) = (number < reserved?.Count ? reserved[number] : PostingRooms.For(term.Length), PostingRooms.For(term.Length + bytes.Length));
        if (needed > room)
        {
            var larger = arena.Rent(needed);
            arena.At(term.Region, term.Length).CopyTo(arena.At(larger, needed));
            arena.Return(term.Region, room);
            term.Region = larger;
            if (number < reserved?.Count)
            {
                reserved[number] = needed;
            }
        }

        bytes.CopyTo(arena.At(term.Region, term.Length + bytes.Length)[term.Length..]);
        term.Length += bytes.Length;
        term.Last = place;
        term.Live++;
    }

    /// <summary>A cursor at a term's first place.</summary>
    public PostingCursor Begin(int number)
    {
        ref var term = ref terms[number];
        var at = 0;
        var posting = Varint.Read(arena.At(term.Region, term.Length), ref at);
        return new PostingCursor { Region = term.Region, Length = term.Length, At = at, Place = Posting.DistanceOf(posting), Level = Posting.LevelOf(posting) };
    }

    /// <summary>Reads as <see cref="TermTable.Read"/> does.</summary>
    public int Read(ref PostingCursor cursor, int until, Span<uint> into)
    {
        if (cursor.Place >= until)
        {
            return 0;
        }

        ReadOnlySpan<byte> postings = cursor.Length == 0 ? [] : arena.At(cursor.Region, cursor.Length);
        var (place, level, at, count) = (cursor.Place, cursor.Level, cursor.At, 0);
        while (place < until && count < into.Length)
        {
            into[count++] = ((uint)place << Posting.LevelBits) | (uint)level;
            if (at >= postings.Length)
            {
                (cursor.Place, cursor.At) = (PostingCursor.End, at);
                return count;
            }

            var posting = Varint.Read(postings, ref at);
            (place, level) = (place + Posting.DistanceOf(posting), Posting.LevelOf(posting));
        }

        (cursor.Place, cursor.Level, cursor.At) = (place, level, at);
        return count;
    }

    /// <summary>Peeks as <see cref="TermTable.Peek"/> does.</summary>
    public byte Peek(in PostingCursor cursor) => cursor.At < cursor.Length ? arena.At(cursor.Region, cursor.Length)[cursor.At] : (byte)0;

    /// <summary>Writes all terms.</summary>
    public void Save(ImageWriter image)
    {
        terms.Save(image);
        arena.Save(image);
    }

    /// <summary>Fills an empty one with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        terms.Load(image);
        arena.Load(image);
    }
}

/// <summary>What is kept of a term that several articles have.</summary>
internal struct SharedTerm
{
    /// <summary>Where its places are.</summary>
    public uint Region { get; set; }

    /// <summary>How many bytes they take.</summary>
    public int Length { get; set; }

    /// <summary>The last of them.</summary>
    public int Last { get; set; }

    /// <summary>How many of its articles are still there.</summary>
    public int Live { get; set; }

    /// <summary>How much it tells.</summary>
    public float Worth { get; set; }
}
