using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>
/// Multiplies some pages with all articles of an index at once. Products are added up for a range of places after the other, so that what is at hand of them and of the articles stays in a core's own
/// cache, however large the index is; and what pages near each other have in common is read once for all of them. The articles of terms that have few in a range are read before all ranges, for to look
/// for so few again and again takes longer. Valid while the index does not change.
/// </summary>
internal sealed class ProductBlock
{
    /// <summary>Places for which products are added up before the next: a multiple of <see cref="HeldArticles.PlacesInRange"/>.</summary>
    public const int PlacesAtOnce = 1 << 16;

    // Fewer articles in a range are few; and of the terms with few, so many articles are read before.
    private const int FewInRange = 64;
    private const int MostBefore = 1 << 22;
    private const int RowsAtOnce = 16;

    private readonly TermTable terms;
    private readonly PostingCursor[] cursors;
    private readonly (int Row, float Weight)[][] pages;
    private readonly int[] live;

    // Of each term its articles in the range, among the entries.
    private readonly int[] starts;
    private readonly int[] ends;
    private int touched;

    /// <summary>Begins.</summary>
    /// <param name="products">Of each page.</param>
    /// <param name="terms">The terms of the index.</param>
    public ProductBlock(IReadOnlyList<PageProducts> products, TermTable terms)
    {
        this.terms = terms;
        var rows = new Dictionary<int, int>();
        pages = [.. products.Select(page => page.Terms.Select(term => (RowOf(term.Number), term.Weight)).ToArray())];
        (cursors, live) = (new PostingCursor[rows.Count], new int[rows.Count]);
        foreach (var (number, row) in rows)
        {
            (cursors[row], live[row]) = (terms.Begin(number), terms.LiveOf(number));
        }

        (starts, ends) = (new int[rows.Count], new int[rows.Count]);

        int RowOf(int number) => rows.TryGetValue(number, out var row) ? row : rows[number] = rows.Count;
    }

    /// <summary>Told the sums of a page for some articles.</summary>
    /// <param name="page">The number of the page.</param>
    /// <param name="first">The place of the first article.</param>
    /// <param name="sums">The sum for each; those of removed ones are of no use.</param>
    public delegate void Visit(int page, int first, ReadOnlySpan<float> sums);

    /// <summary>Adds up the products for all articles. To be called once.</summary>
    /// <param name="places">How many places the index has.</param>
    /// <param name="room">Where to do it.</param>
    /// <param name="visit">Told the sums of each page, range after range.</param>
    public void Multiply(int places, ProductRoom room, Visit visit)
    {
        var (rare, common, read) = ReadRare(places, room);
        for (var first = 0; first < places; first += PlacesAtOnce)
        {
            var until = first + PlacesAtOnce;
            Pass(rare, until, room);
            ReadCommon(common, until, read, room);
            ReadOnlySpan<uint> entries = room.Entries;
            var sums = room.Sums.AsSpan(0, Math.Min(PlacesAtOnce, places - first));
            for (var page = 0; page < pages.Length; page++)
            {
                sums.Clear();
                foreach (var (row, weight) in pages[page])
                {
                    ProductSums.Add(sums, entries[starts[row]..ends[row]], weight, first);
                }

                visit(page, first, sums);
            }
        }
    }

    // Reads all articles of the terms that have few; tells these terms, the others, and how many entries there are.
    private (List<Row> Rare, List<int> Common, int Count) ReadRare(int places, ProductRoom room)
    {
        var few = (long)FewInRange * ((places + PlacesAtOnce - 1) / PlacesAtOnce);
        var (rare, common, count) = (new List<Row>(cursors.Length), new List<int>(), 0);
        for (var row = 0; row < cursors.Length; row++)
        {
            if (live[row] > few || count >= MostBefore)
            {
                common.Add(row);
                continue;
            }

            starts[row] = ends[row] = count;
            while (cursors[row].Place != PostingCursor.End)
            {
                room.Reserve(count, live[row] + 1);
                count += terms.Read(ref cursors[row], int.MaxValue, room.Entries[count..]);
            }

            rare.Add(new Row(row, count));
        }

        return (rare, common, count);
    }

    // Goes past those in a range.
    private void Pass(List<Row> rare, int until, ProductRoom room)
    {
        var entries = room.Entries;
        var behind = (uint)until << Posting.LevelBits;
        foreach (var (row, end) in rare)
        {
            var at = starts[row] = ends[row];
            while (at < end && entries[at] < behind)
            {
                at++;
            }

            ends[row] = at;
        }
    }

    private void ReadCommon(List<int> common, int until, int count, ProductRoom room)
    {
        for (var at = 0; at < common.Count; at++)
        {
            if (at % RowsAtOnce == 0)
            {
                Touch(common, at);
            }

            var row = common[at];
            room.Reserve(count, PlacesAtOnce);
            starts[row] = count;
            count += terms.Read(ref cursors[row], until, room.Entries.Slice(count, PlacesAtOnce));
            ends[row] = count;
        }
    }

    // What is next of some rows comes to hand together in about the time that one would take.
    private void Touch(List<int> common, int from)
    {
        for (var at = from; at < Math.Min(from + RowsAtOnce, common.Count); at++)
        {
            touched += terms.Peek(cursors[common[at]]);
        }
    }

    private readonly record struct Row(int Number, int End);
}
