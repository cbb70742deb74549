using System.Collections.Concurrent;

namespace Recommender.Sites;

/// <summary>Lets one writer at a time into a site's similarity index and the lists that come of it. Readers never wait here.</summary>
public sealed class SiteGates
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn, which ends when the result is disposed of.</summary>
    public async Task<IDisposable> EnterAsync(Site site, CancellationToken cancellation = default)
    {
        var gate = gates.GetOrAdd(site.Id, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellation);
        return new Turn(gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? held = gate;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
