using System.IO.Hashing;
using System.Text;
using Recommender.Similarity.Memory;

namespace Recommender.Threads.Memory;

/// <summary>Articles with the running story that each tells, in few bytes and without an object for each: every one has a place, which serves again when it is gone. Not safe for threads by itself.</summary>
internal sealed class HeldMembers
{
    private const int LongestOnStack = 256;

    private readonly ByteArena ids = new();
    private readonly SegmentedList<Held> articles = new();
    private readonly List<StoryThread?> threads = [];
    private readonly Stack<int> free = new();
    private readonly NumberTable places;

    /// <summary>Makes an empty one.</summary>
    public HeldMembers() => places = new NumberTable(place => HashOf(IdBytesAt(place)));

    /// <summary>The places that are taken.</summary>
    public IEnumerable<int> Taken => Enumerable.Range(0, articles.Count).Where(IsTaken);

    /// <summary>Whether an article has this place.</summary>
    public bool IsTaken(int place) => articles[place].Length > 0;

    /// <summary>The place of an article; −1 when it is not here.</summary>
    public int PlaceOf(string id)
    {
        Span<byte> room = stackalloc byte[LongestOnStack];
        var bytes = room.Length >= Encoding.UTF8.GetMaxByteCount(id.Length) ? room[..Encoding.UTF8.GetBytes(id, room)] : Encoding.UTF8.GetBytes(id);
        return places.Find(HashOf(bytes), new Sought(bytes, this));
    }

    /// <summary>Gives an article that is not here a place.</summary>
    public int Add(ThreadMember article)
    {
        var bytes = Encoding.UTF8.GetBytes(article.Id);
        if (!free.TryPop(out var place))
        {
            place = articles.Add(default);
            threads.Add(null);
        }

        articles[place] = new Held { Published = article.Published.UtcTicks, Region = ids.Keep(bytes), Length = bytes.Length };
        places.Add(HashOf(bytes), place);
        return place;
    }

    /// <summary>Takes out the article at a place.</summary>
    public void Remove(int place)
    {
        places.Remove(HashOf(IdBytesAt(place)), place);
        ids.Return(articles[place].Region, articles[place].Length);
        (articles[place], threads[place]) = (default, null);
        free.Push(place);
    }

    /// <summary>The article at a place.</summary>
    public ThreadMember At(int place) => new(PublishedAt(place), Encoding.UTF8.GetString(IdBytesAt(place)));

    /// <summary>When the article at a place was published.</summary>
    public DateTimeOffset PublishedAt(int place) => new(articles[place].Published, TimeSpan.Zero);

    /// <summary>The thread of the article at a place; null for one that is in none.</summary>
    public StoryThread? ThreadAt(int place) => threads[place];

    /// <summary>Says which thread the article at a place is in.</summary>
    public void SetThread(int place, StoryThread? thread) => threads[place] = thread;

    /// <summary>The number of those among articles in the order of publication that come before one.</summary>
    public int CountBefore(List<int> sorted, ThreadMember article)
    {
        var (from, to) = (0, sorted.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            var order = articles[sorted[middle]].Published.CompareTo(article.Published.UtcTicks);
            if ((order != 0 ? order : string.CompareOrdinal(At(sorted[middle]).Id, article.Id)) < 0)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    private static uint HashOf(ReadOnlySpan<byte> id) => (uint)XxHash3.HashToUInt64(id);

    private ReadOnlySpan<byte> IdBytesAt(int place) => ids.At(articles[place].Region, articles[place].Length);

    private struct Held
    {
        public long Published { get; init; }

        public uint Region { get; init; }

        public int Length { get; init; }
    }

    private readonly ref struct Sought(ReadOnlySpan<byte> id, HeldMembers members) : IThing
    {
        private readonly ReadOnlySpan<byte> id = id;

        public bool IsNumber(int number) => members.IdBytesAt(number).SequenceEqual(id);
    }
}
