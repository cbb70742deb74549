namespace Recommender.Cli.Terminals;

/// <summary>Remembers what was reported last, for whoever looks now and then.</summary>
internal sealed class LatestReport<T>(T first) : IProgress<T>
{
    private readonly Lock gate = new();
    private T latest = first;

    /// <summary>What was reported last.</summary>
    public T Value
    {
        get
        {
            lock (gate)
            {
                return latest;
            }
        }
    }

    /// <inheritdoc/>
    public void Report(T value)
    {
        lock (gate)
        {
            latest = value;
        }
    }
}
