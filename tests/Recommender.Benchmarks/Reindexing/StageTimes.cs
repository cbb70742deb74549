using System.Diagnostics;
using Recommender.Reindexing;

namespace Recommender.Benchmarks.Reindexing;

/// <summary>What each stage of a run takes, by when the run tells that it is at it.</summary>
internal sealed class StageTimes : IProgress<Run>
{
    private readonly List<(RunStage Stage, long Began)> entered = [];
    private readonly Lock gate = new();

    /// <summary>Seconds of each stage, the last until now.</summary>
    public IReadOnlyList<(RunStage Stage, double Seconds)> Seconds
    {
        get
        {
            lock (gate)
            {
                var ends = entered.Skip(1).Select(stage => stage.Began).Append(Stopwatch.GetTimestamp());
                return [.. entered.Zip(ends, (stage, end) => (stage.Stage, Stopwatch.GetElapsedTime(stage.Began, end).TotalSeconds))];
            }
        }
    }

    /// <inheritdoc/>
    public void Report(Run value)
    {
        lock (gate)
        {
            if (entered.Count == 0 || entered[^1].Stage != value.Stage)
            {
                entered.Add((value.Stage, Stopwatch.GetTimestamp()));
            }
        }
    }
}
