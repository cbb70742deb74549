namespace Recommender.Similarity.Memory;

/// <summary>
/// An article that a term stands in, as a number: how many places it is behind the one before, and the level of the term's weight there. Most terms stand in an article once, so the lowest level takes
/// a bit, and every other six.
/// </summary>
internal static class Posting
{
    /// <summary>Bits of a level.</summary>
    public const int LevelBits = 5;

    /// <summary>The bits of a level.</summary>
    public const uint LevelMask = (1 << LevelBits) - 1;

    private const uint HasLevel = 1;

    /// <summary>The number.</summary>
    /// <param name="distance">Places from the one before, at most <see cref="TermTable.MostPlaces"/>.</param>
    /// <param name="level">The level.</param>
    public static uint Of(int distance, int level) => level == 0 ? (uint)distance << 1 : ((uint)distance << (1 + LevelBits)) | ((uint)level << 1) | HasLevel;

    /// <summary>The places from the one before.</summary>
    public static int DistanceOf(uint posting) => (int)(posting >> (1 + (LevelBits * (int)(posting & HasLevel))));

    /// <summary>The level.</summary>
    public static int LevelOf(uint posting) => (int)((posting >> 1) & (LevelMask * (posting & HasLevel)));
}
