using Azure.Core;
using Azure.Core.Pipeline;

namespace Recommender.Tables.Azure;

/// <summary>Counts how often the client sent a call. Of one that it sent again the first answer may have got lost, and with it the news that the store did what it was asked.</summary>
internal sealed class Sendings
{
    private static readonly AsyncLocal<Sendings?> Current = new();
    private int count;

    /// <summary>What has to be in a client's pipeline for anything to be counted.</summary>
    public static HttpPipelinePolicy Policy { get; } = new Counter();

    /// <summary>Whether any was sent more than once.</summary>
    public bool AreRepeated { get; private set; }

    /// <summary>Makes a call and counts how often it is sent.</summary>
    public async Task<T> CountAsync<T>(Func<Task<T>> call)
    {
        (Current.Value, count) = (this, 0);
        return await call();
    }

    private void Add() => AreRepeated |= Interlocked.Increment(ref count) > 1;

    private sealed class Counter : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => Current.Value?.Add();
    }
}
