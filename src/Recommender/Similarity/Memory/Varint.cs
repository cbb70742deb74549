namespace Recommender.Similarity.Memory;

/// <summary>Numbers in as few bytes as they need, seven bits each, the lowest first.</summary>
internal static class Varint
{
    /// <summary>Most bytes that a number takes.</summary>
    public const int MostBytes = 5;

    /// <summary>Writes a number, and returns how many bytes it took.</summary>
    public static int Write(Span<byte> into, uint value)
    {
        var length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            into[length++] = (byte)(value | 0x80);
        }

        into[length++] = (byte)value;
        return length;
    }

    /// <summary>Whether a byte is a number's last.</summary>
    public static bool IsLast(byte part) => part < 0x80;

    /// <summary>Reads the number at <paramref name="at"/>, and moves behind it.</summary>
    public static uint Read(ReadOnlySpan<byte> from, scoped ref int at)
    {
        uint next = from[at++];
        if (next < 0x80)
        {
            return next;
        }

        var value = next & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            next = from[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
