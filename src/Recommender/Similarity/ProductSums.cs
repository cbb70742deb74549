using System.Collections.Concurrent;

namespace Recommender.Similarity;

/// <summary>Adds up, for each place of an index, the products of a page's terms with those of the article there. Only what was touched is cleared, so its cost does not grow with the index.</summary>
internal sealed class ProductSums
{
    private const int Fewest = 1 << 12;

    private int[] touched = new int[Fewest];
    private float[] sums = [];
    private int count;

    /// <summary>The places that have a sum.</summary>
    public ReadOnlySpan<int> Touched => touched.AsSpan(0, count);

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

    /// <summary>Adds a product, which is more than nothing, at a place.</summary>
    public void Add(int place, float product)
    {
        ref var sum = ref sums[place];
        if (sum == 0)
        {
            if (count == touched.Length)
            {
                Array.Resize(ref touched, 2 * count);
            }

            touched[count++] = place;
        }

        sum += product;
    }

    private void Clear()
    {
        foreach (var place in Touched)
        {
            sums[place] = 0;
        }

        count = 0;
    }

    /// <summary>Sums to use and give back, so that not every use makes its own; no more of them are kept than can be in use for long.</summary>
    internal sealed class Pool
    {
        private static readonly int MostIdle = Environment.ProcessorCount;

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
            if (idle.Count < MostIdle)
            {
                sums.Clear();
                idle.Add(sums);
            }
        }
    }
}
