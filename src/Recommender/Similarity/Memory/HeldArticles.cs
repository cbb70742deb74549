using System.IO.Hashing;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>The articles of an index, each at a place of its own. The place of one that is gone stays empty. Not safe for threads by itself.</summary>
internal sealed class HeldArticles
{
    /// <summary>Places whose articles were published at about one time, and are looked at side by side.</summary>
    public const int PlacesInRange = 1 << 11;

    private const int Few = 64;
    private const float MostOverlap = 3;

    private readonly ByteArena arena = new();
    private readonly SegmentedList<HeldFacts> facts = new();
    private readonly SegmentedList<float> lengths = new();
    private readonly SegmentedList<HeldMark> marks = new();
    private readonly List<(float First, float Last)> days = [];
    private readonly NumberTable places;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> languages = [];

    /// <summary>Makes an empty one.</summary>
    public HeldArticles() => places = new NumberTable(place => HashOf(At(place).IdBytes));

    /// <summary>Number of articles.</summary>
    public int Count { get; private set; }

    /// <summary>Number of places, some of which are empty.</summary>
    public int Places => facts.Count;

    /// <summary>Share of the room for articles, or of places, that is empty; 0 while there are but few places.</summary>
    public double Emptiness => Places <= Few ? 0 : Math.Max(arena.Idle / Math.Max(1.0, arena.Given), 1 - (Count / Math.Max(1.0, Places)));

    /// <summary>Whether the articles of a range were published at so many times that the ranges overlap each other several times over.</summary>
    public bool IsOutOfOrder => days.Count > 1 && days.Sum(range => Math.Max(0, range.Last - range.First)) > MostOverlap * (days.Max(range => range.Last) - days.Min(range => range.First));

    /// <summary>The places that are not empty.</summary>
    public IEnumerable<int> Taken => Enumerable.Range(0, Places).Where(IsTaken);

    /// <summary>The article at a place that is not empty; valid until the next change.</summary>
    public HeldArticle At(int place)
    {
        ref var kept = ref facts[place];
        return new HeldArticle(arena.At(kept.Region, kept.Length), kept);
    }

    /// <summary>Lengths of the vectors of terms of the articles of a range, which begins at a place; 0 for an article that has none, or is gone.</summary>
    public ReadOnlySpan<float> LengthsFrom(int first) => lengths.Range(first, PlacesInRange);

    /// <summary>How many days lie at least between a day and those on which the articles of a range were published.</summary>
    public float DaysFrom(float day, int first) => Math.Max(0, Math.Max(days[first / PlacesInRange].First - day, day - days[first / PlacesInRange].Last));

    /// <summary>One of them.</summary>
    public float LengthOf(int place) => lengths[place];

    /// <summary>What is looked at next of the article at a place; all zero where there is none.</summary>
    public ref readonly HeldMark MarkOf(int place) => ref marks[place];

    /// <summary>The place of an article; −1 when it is not here.</summary>
    public int PlaceOf(string id)
    {
        Span<byte> room = stackalloc byte[256];
        var bytes = room.Length >= Encoding.UTF8.GetMaxByteCount(id.Length) ? room[..Encoding.UTF8.GetBytes(id, room)] : Encoding.UTF8.GetBytes(id);
        return PlaceOf(bytes);
    }

    /// <summary>The number of a language; −1 when no article is in it.</summary>
    public int LanguageOf(string language) => numbers.GetValueOrDefault(language, -1);

    /// <summary>The language of the article at a place.</summary>
    public string LanguageAt(int place) => languages[marks[place].Language];

    /// <summary>Gives an article the next place, and returns that.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public int Add(IndexedArticle article, int topics, ReadOnlySpan<byte> bytes)
    {
        var place = AddPlace();
        Put(place, article, topics, bytes);
        return Enter(place);
    }

    /// <summary>Gives an article from elsewhere the next place, with other bytes than it has there, and returns that.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public int Add(HeldArticles from, int at, ReadOnlySpan<byte> bytes)
    {
        var place = AddPlace();
        facts[place] = from.facts[at] with { Region = arena.Keep(bytes), Length = bytes.Length };
        lengths[place] = from.lengths[at];
        marks[place] = from.marks[at] with { Language = NumberOf(from.LanguageAt(at)) };
        Extend(place);
        return Enter(place);
    }

    /// <summary>Puts an article in the place of the one of the same id.</summary>
    public void Replace(int place, IndexedArticle article, int topics, ReadOnlySpan<byte> bytes)
    {
        arena.Return(facts[place].Region, facts[place].Length);
        Put(place, article, topics, bytes);
    }

    /// <summary>Takes over the lengths of the vectors of the article at a place.</summary>
    public void Measure(int place, VectorLengths measured)
    {
        facts[place].Lengths = measured;
        lengths[place] = measured.Terms;
    }

    /// <summary>Takes the article at a place out.</summary>
    public void Remove(int place)
    {
        places.Remove(HashOf(At(place).IdBytes), place);
        arena.Return(facts[place].Region, facts[place].Length);
        facts[place] = default;
        lengths[place] = default;
        marks[place] = default;
        Count--;
    }

    /// <summary>Writes all articles.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(Count);
        image.Write(languages.Count);
        languages.ForEach(image.Write);
        arena.Save(image);
        facts.Save(image);
        lengths.Save(image);
        marks.Save(image);
        places.Save(image);
    }

    /// <summary>Fills an empty one with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        Count = image.ReadCount();
        for (var left = image.ReadCount(); left > 0; left--)
        {
            var language = image.ReadText();
            numbers.Add(language, languages.Count);
            languages.Add(language);
        }

        arena.Load(image);
        facts.Load(image);
        lengths.Load(image);
        marks.Load(image);
        places.Load(image);
        for (var place = 0; place < Places; place++)
        {
            if (IsTaken(place))
            {
                Extend(place);
            }
        }
    }

    private static uint HashOf(ReadOnlySpan<byte> id) => (uint)XxHash3.HashToUInt64(id);

    private bool IsTaken(int place) => facts[place].Length > 0;

    private int PlaceOf(ReadOnlySpan<byte> id) => places.Find(HashOf(id), new Sought(id, this));

    private int AddPlace()
    {
        if (facts.Count == TermTable.MostPlaces)
        {
            throw new InvalidOperationException($"An index holds at most {TermTable.MostPlaces} articles.");
        }

        lengths.Add(default);
        marks.Add(default);
        return facts.Add(default);
    }

    private int Enter(int place)
    {
        places.Add(HashOf(At(place).IdBytes), place);
        Count++;
        return place;
    }

    private void Put(int place, IndexedArticle article, int topics, ReadOnlySpan<byte> bytes)
    {
        facts[place] = new HeldFacts { Published = article.Published.UtcTicks, Topics = topics, Address = article.Address, Region = arena.Keep(bytes), Length = bytes.Length };
        lengths[place] = default;
        marks[place] = new HeldMark { Day = HeldMark.DayOf(article.Published), Language = NumberOf(article.Language) };
        Extend(place);
    }

    private void Extend(int place)
    {
        var (range, day) = (place / PlacesInRange, marks[place].Day);
        while (days.Count <= range)
        {
            days.Add((float.MaxValue, float.MinValue));
        }

        days[range] = (Math.Min(days[range].First, day), Math.Max(days[range].Last, day));
    }

    private int NumberOf(string language)
    {
        if (!numbers.TryGetValue(language, out var number))
        {
            numbers.Add(language, number = languages.Count);
            languages.Add(language);
        }

        return number;
    }

    private readonly ref struct Sought(ReadOnlySpan<byte> id, HeldArticles articles) : IThing
    {
        private readonly ReadOnlySpan<byte> id = id;

        public bool IsNumber(int number) => articles.At(number).IdBytes.SequenceEqual(id);
    }
}

/// <summary>What is looked at of an article before all that is kept of it, close together for all.</summary>
internal struct HeldMark
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When it was published, as <see cref="DayOf"/> tells it.</summary>
    public float Day { get; init; }

    /// <summary>The number of its language.</summary>
    public int Language { get; init; }

    /// <summary>An instant in days since 2000, exact to minutes: enough to choose whom to look at more closely.</summary>
    public static float DayOf(DateTimeOffset instant) => (float)(instant - Start).TotalDays;
}
