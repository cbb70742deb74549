using System.IO.Hashing;
using System.Text;
using Recommender.Evaluation;
using Recommender.Similarity;
using Recommender.Threads;

namespace Recommender.Cli.Evaluating;

/// <summary>A threshold and how well the threads that it gives meet each half of the stories.</summary>
internal readonly record struct TriedThreshold(double Threshold, BCubed One, BCubed Other);

/// <summary>Chooses the threshold of threads on one half of the stories, and tells what it is worth on the other. Which half a story is in, a hash of its name says.</summary>
/// <param name="Tried">Every threshold, ascending.</param>
internal sealed record ThreadTuning(IReadOnlyList<TriedThreshold> Tried)
{
    private const double First = 0.04;
    private const double Step = 0.01;
    private const int Steps = 27;

    /// <summary>The best on the one half.</summary>
    public TriedThreshold OnOne => Tried.MaxBy(tried => tried.One.F1);

    /// <summary>The best on the other half.</summary>
    public TriedThreshold OnOther => Tried.MaxBy(tried => tried.Other.F1);

    /// <summary>Tries them all.</summary>
    public static ThreadTuning Of(SimilarityIndex index, IReadOnlyDictionary<string, string> stories, IProgress<int> progress, CancellationToken cancellation)
    {
        var halves = stories.ToLookup(story => (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(story.Value)) & 1) == 0);
        var settings = Enumerable.Range(0, Steps).Select(step => ThreadSettings.Default with { Threshold = Math.Round(First + (step * Step), 2) }).ToList();
        var maps = ThreadReplay.Run(index, settings, progress, cancellation);
        return new ThreadTuning([.. settings.Zip(maps, (choice, map) => new TriedThreshold(
            choice.Threshold,
            BCubed.Of(id => map.ThreadOf(id)?.Id, [.. halves[true]]),
            BCubed.Of(id => map.ThreadOf(id)?.Id, [.. halves[false]])))]);
    }
}
