using Recommender.Sites;

namespace Recommender.Ranking;

/// <summary>How new a story is, 0 to 1: <c>2^(−age / half-life)</c>, 1 for a new one and a half after one half-life.</summary>
public static class Recency
{
    /// <summary>Recency below which an evergreen story does not fall: it is new when it is new, then neither new nor old, as one of one half-life.</summary>
    public const double OfEvergreen = 0.5;

    /// <summary>The recency of a story.</summary>
    /// <param name="settings">The site's half-lives.</param>
    /// <param name="topics">Slugs of the story's topics.</param>
    /// <param name="isEvergreen">Whether it is of use whatever its age.</param>
    /// <param name="age">Its age at the instant of the request; one from the future counts as new.</param>
    public static double Of(RankingSettings settings, IReadOnlyList<string> topics, bool isEvergreen, TimeSpan age)
    {
        var recency = age <= TimeSpan.Zero ? 1 : double.Exp2(-age / HalfLife(settings, topics));
        return isEvergreen ? Math.Max(OfEvergreen, recency) : recency;
    }

    /// <summary>
    /// The half-life of a story: the longest of those that its topics have, for a story lasts as long as anything it is about; the site's when none of them has one.
    /// </summary>
    public static TimeSpan HalfLife(RankingSettings settings, IReadOnlyList<string> topics)
    {
        if (settings.TopicHalfLives.Count == 0)
        {
            return settings.HalfLife;
        }

        TimeSpan? longest = null;
        foreach (var topic in topics)
        {
            if (settings.TopicHalfLives.TryGetValue(topic, out var halfLife) && !(longest >= halfLife))
            {
                longest = halfLife;
            }
        }

        return longest ?? settings.HalfLife;
    }
}
