namespace Recommender.Ingestion.Fetching;

/// <summary>Something could not be fetched. The message is one line for people and names the address.</summary>
public sealed class FetchException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether asking again later may help.</summary>
    public bool IsTransient { get; init; }

    /// <summary>When the host wants to be asked again at the earliest.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
