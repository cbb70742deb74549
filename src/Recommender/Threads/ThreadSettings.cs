namespace Recommender.Threads;

/// <summary>When an article belongs to a thread. The figures fit the similarity of the index; <c>more-stories threads --tune</c> chooses the threshold anew.</summary>
public sealed record ThreadSettings
{
    private const double ManyArticles = 10_000;

    /// <summary>What the engine works with.</summary>
    public static ThreadSettings Default { get; } = new();

    /// <summary>What an article must score with a thread to join it: similarity to the thread's recent articles, less what time takes off. 0 to 1.</summary>
    public double Threshold { get; init; } = 0.11;

    /// <summary>How similar two threads that an article could join must be to each other to become one. 0 to 1; above 1, never.</summary>
    public double MergeThreshold { get; init; } = 0.35;

    /// <summary>Time since a thread's last article in which a score halves, then falls to a third, a quarter and so on: <c>1 / (1 + gap / this)</c>.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Articles that stand for a thread: those nearest in time. A story moves on, and what it was about a year ago says little.</summary>
    public int Profile { get; init; } = 12;

    /// <summary>What is left of a score when an article shares no topic with any of a thread: a running story is mostly told in one part of a paper.</summary>
    public double OtherTopics { get; init; } = 0.6;

    /// <summary>Similarities below this are not looked at: one of them decides nothing, and there are many.</summary>
    public double Floor => Threshold / 5;

    /// <summary>The least similarity by which an article leads to a thread: of those to n articles of one, the largest is no less than the score by √n.</summary>
    public double Reach => Threshold / Math.Sqrt(Profile);

    /// <summary>The gap beyond which not even an identical article would reach the threshold.</summary>
    public TimeSpan Window => Patience * Math.Max(0, (1 / Threshold) - 1);

    /// <summary>
    /// The threshold among so many articles. While there are few, rare terms cannot be told from common ones, and whatever shares a phrase looks alike; so more is asked then: what the
    /// rarest term tells among ten thousand, by what it tells among these.
    /// </summary>
    public double ThresholdAmong(int articles) => Threshold * Math.Max(1, (Math.Log(ManyArticles) + 1) / (Math.Log(articles + 1) + 1));

    /// <summary>What a gap in time leaves of a similarity.</summary>
    public double Decay(TimeSpan gap) => 1 / (1 + (gap.Duration() / Patience));
}
