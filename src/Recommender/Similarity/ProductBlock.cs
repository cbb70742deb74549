using Recommender.Similarity.Memory;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// Multiplies some pages with all articles of an index at once. Products are added up for a range of places after the other, so that what is at hand of them and of the articles stays in a core's own
/// cache, however large the index is; and what pages near each other have in common is read once for all of them. Valid while the index does not change.
/// </summary>
internal sealed class ProductBlock
{
    private const int LevelBits = Posting.LevelBits;
    private const int LevelMask = (1 << LevelBits) - 1;
    private static readonly float[] Levels = [.. Enumerable.Range(0, PackedTerms.Levels).Select(PackedTerms.WeightOf)];

    private readonly TermTable terms;
    private readonly PostingCursor[] cursors;
    private readonly int[] starts;
    private readonly (int Row, float Weight)[][] pages;

    /// <summary>Begins.</summary>
    /// <param name="products">Of each page.</param>
    /// <param name="terms">The terms of the index.</param>
    public ProductBlock(IReadOnlyList<PageProducts> products, TermTable terms)
    {
        this.terms = terms;
        var rows = new Dictionary<int, int>();
        pages = [.. products.Select(page => page.Terms.Select(term => (RowOf(term.Number), term.Weight)).ToArray())];
        cursors = [.. rows.OrderBy(row => row.Value).Select(row => terms.Begin(row.Key))];
        starts = new int[cursors.Length + 1];

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
        for (var first = 0; first < places; first += HeldArticles.PlacesInRange)
        {
            Read(first, room);
            var sums = room.Sums.AsSpan(0, Math.Min(HeldArticles.PlacesInRange, places - first));
            var entries = room.Entries;
            for (var page = 0; page < pages.Length; page++)
            {
                sums.Clear();
                foreach (var (row, weight) in pages[page])
                {
                    foreach (var entry in entries[starts[row]..starts[row + 1]])
                    {
                        sums[(int)(entry >> LevelBits)] += weight * Levels[entry & LevelMask];
                    }
                }

                visit(page, first, sums);
            }
        }
    }

    // Of each term its articles in a range: how far behind the first place, and the level of its weight there.
    private void Read(int first, ProductRoom room)
    {
        var count = 0;
        for (var row = 0; row < cursors.Length; row++)
        {
            room.Reserve(count, HeldArticles.PlacesInRange);
            starts[row] = count;
            count += terms.Read(ref cursors[row], first, room.Entries.Slice(count, HeldArticles.PlacesInRange));
        }

        starts[^1] = count;
    }
}
