using System.Runtime.InteropServices;
using System.Text;

namespace Recommender.Similarity.Memory;

/// <summary>Reads what an <see cref="ImageWriter"/> wrote, in the same order.</summary>
internal sealed class ImageReader(Stream from)
{
    // A longer one is damage.
    private const int LongestText = 1 << 20;

    /// <summary>Reads a value.</summary>
    /// <exception cref="EndOfStreamException">There is no more.</exception>
    public T Read<T>()
        where T : unmanaged
    {
        var value = default(T);
        Fill(MemoryMarshal.CreateSpan(ref value, 1));
        return value;
    }

    /// <summary>Reads values.</summary>
    /// <exception cref="EndOfStreamException">There are not so many.</exception>
    public void Fill<T>(Span<T> values)
        where T : unmanaged => from.ReadExactly(MemoryMarshal.AsBytes(values));

    /// <summary>Reads a number that cannot be negative.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public int ReadCount() => Read<int>() is var count && count >= 0 ? count : throw new InvalidDataException("An image of an index has a negative count.");

    /// <summary>Reads a text.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public string ReadText()
    {
        var length = ReadCount();
        var bytes = new byte[length <= LongestText ? length : throw new InvalidDataException("An image of an index has a text that is too long.")];
        from.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
