using System.Collections.Concurrent;

namespace Recommender.Similarity;

/// <summary>Room in which a <see cref="ProductBlock"/> works.</summary>
internal sealed class ProductRoom
{
    private uint[] entries = [];

    /// <summary>A sum for each of the places of which products are added up at once.</summary>
    public float[] Sums { get; } = new float[ProductBlock.PlacesAtOnce];

    /// <summary>Articles that terms stand in.</summary>
    public Span<uint> Entries => entries;

    /// <summary>Makes room for more entries.</summary>
    /// <param name="kept">So many stay as they are.</param>
    /// <param name="room">Room behind them.</param>
    public void Reserve(int kept, int room)
    {
        if (entries.Length - kept < room)
        {
            Array.Resize(ref entries, kept + (kept / 4) + room);
        }
    }

    /// <summary>Rooms to use and give back, so that not every use makes its own; no more of them are kept than can be in use for long.</summary>
    internal sealed class Pool
    {
        private static readonly int MostIdle = Environment.ProcessorCount;

        private readonly ConcurrentBag<ProductRoom> idle = [];

        /// <summary>A room.</summary>
        public ProductRoom Rent() => idle.TryTake(out var room) ? room : new ProductRoom();

        /// <summary>Keeps none of those that are not in use.</summary>
        public void Clear() => idle.Clear();

        /// <summary>Takes a room back.</summary>
        public void Return(ProductRoom room)
        {
            if (idle.Count < MostIdle)
            {
                idle.Add(room);
            }
        }
    }
}
