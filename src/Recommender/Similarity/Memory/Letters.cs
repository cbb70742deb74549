using System.Buffers.Binary;

namespace Recommender.Similarity.Memory;

/// <summary>What five bits stand for: a small Latin letter from 1 on, or one of these.</summary>
internal static class Letters
{
    /// <summary>Bits of each.</summary>
    public const int Bits = 5;

    /// <summary>Behind the last letter of a text.</summary>
    public const int End = 0;

    /// <summary>A space.</summary>
    public const int Space = 27;

    /// <summary>A hyphen.</summary>
    public const int Hyphen = 28;

    /// <summary>An apostrophe.</summary>
    public const int Apostrophe = 29;

    /// <summary>Before a letter that is a capital.</summary>
    public const int Capital = 30;

    /// <summary>Before a byte of UTF-8 that is nothing of these.</summary>
    public const int Other = 31;
}

/// <summary>Writes texts in <see cref="Letters"/>.</summary>
internal sealed class LetterWriter
{
    private readonly List<byte> bytes = [];
    private uint rest;
    private int restBits;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Bytes => (byte[])[.. bytes, .. restBits > 0 ? [(byte)rest] : Array.Empty<byte>()];

    /// <summary>Writes a text in UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            switch ((char)letter)
            {
                case ' ':
                    Write(Letters.Space, Letters.Bits);
                    break;
                case '-':
                    Write(Letters.Hyphen, Letters.Bits);
                    break;
                case '\'':
                    Write(Letters.Apostrophe, Letters.Bits);
                    break;
                case >= 'a' and <= 'z':
                    Write(letter - 'a' + 1, Letters.Bits);
                    break;
                case >= 'A' and <= 'Z':
                    Write(Letters.Capital, Letters.Bits);
                    Write(letter - 'A' + 1, Letters.Bits);
                    break;
                default:
                    Write(Letters.Other, Letters.Bits);
                    Byte(letter);
                    break;
            }
        }

        Write(Letters.End, Letters.Bits);
    }

    /// <summary>Writes a byte.</summary>
    public void Byte(byte value) => Write(value, 8);

    private void Write(int value, int bits)
    {
        rest |= (uint)value << restBits;
        for (restBits += bits; restBits >= 8; restBits -= 8, rest >>= 8)
        {
            bytes.Add((byte)rest);
        }
    }
}

/// <summary>Reads what a <see cref="LetterWriter"/> wrote, behind which there is another byte.</summary>
internal ref struct LetterReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int bit;

    /// <summary>Reads a text.</summary>
    /// <param name="into">Room for it in UTF-8.</param>
    /// <returns>How many bytes it has.</returns>
    public int Text(scoped Span<byte> into)
    {
        var length = 0;
        for (var code = Next(Letters.Bits); code != Letters.End; code = Next(Letters.Bits))
        {
            into[length++] = code switch
            {
                Letters.Space => (byte)' ',
                Letters.Hyphen => (byte)'-',
                Letters.Apostrophe => (byte)'\'',
                Letters.Capital => (byte)('A' + Next(Letters.Bits) - 1),
                Letters.Other => Byte(),
                _ => (byte)('a' + code - 1),
            };
        }

        return length;
    }

    /// <summary>Reads a byte.</summary>
    public byte Byte() => (byte)Next(8);

    // They lie in two bytes at most.
    private int Next(int bits)
    {
        var found = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(bit >> 3)..]) >> (bit & 7) & ((1 << bits) - 1);
        bit += bits;
        return found;
    }
}
