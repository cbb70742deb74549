using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Recommender.Articles;

/// <summary>Cuts a stream into chunks without letting a slow sender wait for its answers.</summary>
internal static class AsyncChunks
{
    /// <summary>Chunks of at most <paramref name="size"/>; a shorter one as soon as nothing more comes within <paramref name="patience"/>.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> ChunkAsync<T>(
        this IAsyncEnumerable<T> source, int size, TimeSpan patience, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var arrived = Channel.CreateBounded<T>(size);
        var pump = PumpAsync(source, arrived.Writer, stop.Token);
        try
        {
            while (await arrived.Reader.WaitToReadAsync(cancellation))
            {
                var chunk = new List<T>(size);
                do
                {
                    while (chunk.Count < size && arrived.Reader.TryRead(out var item))
                    {
                        chunk.Add(item);
                    }
                }
                while (chunk.Count < size && await MoreWithinAsync(arrived.Reader, patience, time, cancellation));

                yield return chunk;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await pump;
        }
    }

    private static async Task PumpAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> writer, CancellationToken cancellation)
    {
        try
        {
            await foreach (var item in source.WithCancellation(cancellation))
            {
                await writer.WriteAsync(item, cancellation);
            }

            writer.Complete();
        }
        catch (Exception failure)
        {
            // The reader meets it where it would have met the next item.
            writer.Complete(failure);
        }
    }

    private static async Task<bool> MoreWithinAsync<T>(ChannelReader<T> reader, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        if (reader.Completion.IsCompleted)
        {
            return false;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var more = reader.WaitToReadAsync(waiting.Token).AsTask();
        await Task.WhenAny(more, Task.Delay(patience, time, waiting.Token));
        var arrived = more is { IsCompletedSuccessfully: true, Result: true };
        await waiting.CancelAsync();
        return arrived;
    }
}
