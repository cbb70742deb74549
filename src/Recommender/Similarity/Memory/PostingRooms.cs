namespace Recommender.Similarity.Memory;

/// <summary>How much room the articles of a term get: an eighth more each time, so that moving them costs little and little stays empty.</summary>
internal static class PostingRooms
{
    /// <summary>Bytes of the smallest.</summary>
    public const int Fewest = 8;

    private static readonly int[] Rooms = [.. Growing()];

    /// <summary>The room for so many bytes.</summary>
    public static int For(int bytes)
    {
        var found = Array.BinarySearch(Rooms, bytes);
        return Rooms[found >= 0 ? found : ~found];
    }

    private static IEnumerable<int> Growing()
    {
        for (var room = Fewest; ; room += Math.Max(4, room / 8 / 4 * 4))
        {
            yield return room;
            if (room > int.MaxValue / 2)
            {
                yield break;
            }
        }
    }
}
