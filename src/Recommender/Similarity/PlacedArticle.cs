namespace Recommender.Similarity;

/// <summary>What is looked at of an article before anything else, close together for all.</summary>
/// <param name="Length">Length of the vector of its terms; 0 for an article that has none, or is gone.</param>
/// <param name="Day">When it was published, as <see cref="DayOf"/> tells it.</param>
/// <param name="Language">The number of its language.</param>
internal readonly record struct PlacedArticle(float Length, float Day, int Language)
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An instant in days since 2000, exact to minutes: enough to choose whom to look at more closely.</summary>
    public static float DayOf(DateTimeOffset instant) => (float)(instant - Start).TotalDays;
}
