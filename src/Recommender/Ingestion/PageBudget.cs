namespace Recommender.Ingestion;

/// <summary>How many pages one poll may still fetch, and until when.</summary>
internal sealed class PageBudget(IngestionOptions options, TimeProvider time)
{
    private readonly DateTimeOffset end = time.GetUtcNow() + TimeSpan.FromSeconds(options.PollTime);
    private int left = options.PagesPerPoll;

    /// <summary>Whether nothing of it is left.</summary>
    public bool IsSpent => left <= 0 || time.GetUtcNow() >= end;

    /// <summary>Takes one page of it; false when it is used up.</summary>
    public bool TryTake() => !IsSpent && Interlocked.Decrement(ref left) >= 0;
}
