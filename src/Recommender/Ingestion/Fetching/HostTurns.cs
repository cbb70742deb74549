using System.Collections.Concurrent;

namespace Recommender.Ingestion.Fetching;

/// <summary>Lets one request at a time through to a host, with a pause after each, and none while the host has asked to be left alone.</summary>
public sealed class HostTurns(TimeProvider time)
{
    /// <summary>Longest time for which a host is left alone, whatever it asks for.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, Host> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a turn, which ends when the result is disposed of.</summary>
    /// <param name="address">An address of the host; ports count as different hosts.</param>
    /// <param name="pause">Time since the end of the last request.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="FetchException">The host asked to be left alone until later.</exception>
    public async Task<IDisposable> EnterAsync(Uri address, TimeSpan pause, CancellationToken cancellation = default)
    {
        var host = hosts.GetOrAdd(address.Authority, _ => new Host());
        await host.Gate.WaitAsync(cancellation);
        var turn = new Turn(host, time);
        try
        {
            ThrowIfHeld(address, host);
            if (host.Ended is { } ended && ended + pause - time.GetUtcNow() is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellation);
            }

            return turn;
        }
        catch
        {
            host.Gate.Release();
            throw;
        }
    }

    /// <summary>Leaves a host alone until an instant.</summary>
    public void Hold(Uri address, DateTimeOffset until)
    {
        var latest = time.GetUtcNow() + LongestHold;
        hosts.GetOrAdd(address.Authority, _ => new Host()).HeldUntil = until < latest ? until : latest;
    }

    private void ThrowIfHeld(Uri address, Host host)
    {
        if (host.HeldUntil is { } until && until > time.GetUtcNow())
        {
            throw new FetchException($"{address}: the host asked to be left alone until {until:u}.") { IsTransient = true, RetryAt = until };
        }
    }

    private sealed class Host
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public DateTimeOffset? Ended { get; set; }

        public DateTimeOffset? HeldUntil { get; set; }
    }

    private sealed class Turn(Host host, TimeProvider time) : IDisposable
    {
        private Host? held = host;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref held, null) is { } host)
            {
                host.Ended = time.GetUtcNow();
                host.Gate.Release();
            }
        }
    }
}
