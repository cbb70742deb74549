using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>Adds up, for each place of an index, the products of a page's terms with those of the article there. Only what was touched is cleared, so its cost does not grow with the index.</summary>
internal sealed class ProductSums
{
    private readonly List<int> touched = [];
    private float[] sums = [];

    /// <summary>The places that have a sum.</summary>
    public ReadOnlySpan<int> Touched => CollectionsMarshal.AsSpan(touched);

    /// <summary>The sum at each place.</summary>
    public ReadOnlySpan<float> All => sums;

    /// <summary>Makes room for so many places.</summary>
    public void Reserve(int places)
    {
        if (sums.Length < places)
        {
            sums = new float[places + (places / 4)];
        }
    }

    /// <summary>Adds the products of a term that has this weight in the page with its weight in each of the articles.</summary>
    /// <param name="entries">The articles.</param>
    /// <param name="products">The product for each level of weight.</param>
    public void Add(ReadOnlySpan<uint> entries, ReadOnlySpan<float> products)
    {
        var all = sums;
        foreach (var entry in entries)
        {
            ref var sum = ref all[Postings.PlaceOf(entry)];
            if (sum == 0)
            {
                touched.Add(Postings.PlaceOf(entry));
            }

            sum += products[Postings.LevelOf(entry)];
        }
    }

    private void Clear()
    {
        foreach (var place in touched)
        {
            sums[place] = 0;
        }

        touched.Clear();
    }

    /// <summary>Sums to use and give back, so that each thread need not make its own every time.</summary>
    internal sealed class Pool
    {
        private readonly ConcurrentBag<ProductSums> idle = [];

        /// <summary>Empty sums.</summary>
        public ProductSums Rent(int places)
        {
            var sums = idle.TryTake(out var used) ? used : new ProductSums();
            sums.Reserve(places);
            return sums;
        }

        /// <summary>Takes sums back.</summary>
        public void Return(ProductSums sums)
        {
            sums.Clear();
            idle.Add(sums);
        }
    }
}
