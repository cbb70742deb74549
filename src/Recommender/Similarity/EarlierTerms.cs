using Recommender.Similarity.Memory;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// The terms of <see cref="EarlierArticles"/>. Of a term that few articles of the index have, the index tells which; of the others there are rows of those in the span, so that no more are gone through.
/// Articles have few terms in common, so to find a term's row takes longer than to go through it: it stands under the number that the index has for the term.
/// </summary>
internal sealed class EarlierTerms
{
    private const int None = -1;

    // So many are read from the index in less time than it takes to find a row.
    private const int Few = 32;

    private TermTable? table;
    private EarlierRow[] rows = [];
    private int[] numbers = [];

    /// <summary>Begins to take over where articles are in the index now.</summary>
    public void Locate(InvertedIndex content)
    {
        numbers = new int[content.Articles.Places];
        Array.Fill(numbers, None);
        rows = table == content.Terms ? rows : [];
        table = content.Terms;
        Array.Resize(ref rows, table.SharedCount);
    }

    /// <summary>Says which article is at a place.</summary>
    public void Put(int place, int number) => numbers[place] = number;

    /// <summary>Gives back the room of terms that only articles before one have.</summary>
    public void Forget(int first)
    {
        foreach (ref var row in rows.AsSpan())
        {
            row.Forget(first);
        }
    }

    /// <summary>The terms of an article that was put where it is.</summary>
    /// <param name="content">The index.</param>
    /// <param name="place">Its place; negative when it has none.</param>
    /// <param name="first">The number of the first article that is not forgotten.</param>
    public EarlierPage Read(InvertedIndex content, int place, int first)
    {
        var page = new EarlierPage([], []);
        if (place < 0)
        {
            return page;
        }

        var earlier = new List<(int Number, int Level)>(Few);
        var terms = content.Articles.At(place).Terms;
        while (terms.MoveNext())
        {
            // What no other article has leads nowhere.
            var row = content.Terms.SharedNumberOf(terms.Number);
            if (row < 0 || content.Terms.Shared(row) is not { Live: > 1 } shared)
            {
                continue;
            }

            var weight = terms.Term.Weight * shared.Worth * shared.Worth;
            if (shared.Live > Few)
            {
                page.Common.Add(new CommonTerm(terms.Number, row, terms.Term.Level, weight));
                continue;
            }

            earlier.Clear();
            Read(content, terms.Number, first, numbers[place], earlier);
            foreach (var (number, level) in earlier)
            {
                page.Rare.Add((number, weight * PackedTerms.WeightOf(level)));
            }
        }

        return page;
    }

    /// <summary>Adds articles that follow each other.</summary>
    /// <param name="content">The index.</param>
    /// <param name="pages">Their terms.</param>
    /// <param name="from">The number of the first of them.</param>
    /// <param name="first">The number of the first article that is not forgotten.</param>
    public void Enter(InvertedIndex content, IReadOnlyList<EarlierPage> pages, int from, int first)
    {
        var shares = Environment.ProcessorCount;
        Parallel.For(0, shares, share =>
        {
            for (var page = 0; page < pages.Count; page++)
            {
                foreach (var term in pages[page].Common)
                {
                    if (term.Row % shares == share)
                    {
                        Add(term, from + page);
                    }
                }
            }
        });

        void Add(CommonTerm term, int number)
        {
            ref var row = ref rows[term.Row];
            if (!row.IsOpen)
            {
                // Those that came before it was looked at are in the index, in the order of their places there.
                var earlier = new List<(int Number, int Level)>();
                Read(content, term.Number, first, from, earlier);
                earlier.Sort();
                foreach (var (other, level) in earlier)
                {
                    row.Add(other, level, first);
                }
            }

            row.Add(number, term.Level, first);
        }
    }

    /// <summary>Adds the products of an article with those that came before it; of what the sums of those behind it then are, nothing is said.</summary>
    /// <param name="page">The article, among those that were added last.</param>
    /// <param name="first">The number of the first article that is not forgotten.</param>
    /// <param name="sums">A sum for each from that on to the last that was added.</param>
    public void Multiply(EarlierPage page, int first, Span<float> sums)
    {
        foreach (var (number, product) in page.Rare)
        {
            sums[number - first] += product;
        }

        foreach (var term in page.Common)
        {
            ProductSums.Add(sums, rows[term.Row].Entries, term.Weight, first);
        }
    }

    private void Read(InvertedIndex content, int term, int first, int before, List<(int Number, int Level)> into)
    {
        Span<uint> entries = stackalloc uint[Few];
        for (var cursor = content.Terms.Begin(term); cursor.Place != PostingCursor.End;)
        {
            foreach (var entry in entries[..content.Terms.Read(ref cursor, PostingCursor.End, entries)])
            {
                if (numbers[entry >> Posting.LevelBits] is var number && number >= first && number < before)
                {
                    into.Add((number, (int)(entry & Posting.LevelMask)));
                }
            }
        }
    }
}
