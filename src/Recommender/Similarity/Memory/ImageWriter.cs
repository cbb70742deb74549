using System.Runtime.InteropServices;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>Takes down what is in memory as it lies there, in parts of one length.</summary>
internal sealed class ImageWriter
{
    /// <summary>Bytes of each part but the last: of what proves incompressible, well within a row also where its size is taken in Base64, as the emulator does.</summary>
    public const int PartLength = 600 * 1024;

    private readonly Queue<byte[]> full = [];
    private byte[] part = new byte[PartLength];
    private int used;

    /// <summary>Gives all that was written away, in order: what was taken is not held here any longer.</summary>
    public IEnumerable<byte[]> TakeParts()
    {
        while (full.TryDequeue(out var next))
        {
            yield return next;
        }

        yield return part[..used];
    }

    /// <summary>Writes a value.</summary>
    public void Write<T>(T value)
        where T : unmanaged => Write(MemoryMarshal.CreateReadOnlySpan(ref value, 1));

    /// <summary>Writes a text.</summary>
    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        Write<byte>(bytes);
    }

    /// <summary>Writes values, whose number the reader is to know.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (var left = MemoryMarshal.AsBytes(values); left.Length > 0;)
        {
            if (used == PartLength)
            {
                full.Enqueue(part);
                (part, used) = (new byte[PartLength], 0);
            }

            var now = Math.Min(left.Length, PartLength - used);
            left[..now].CopyTo(part.AsSpan(used));
            left = left[now..];
            used += now;
        }
    }
}
