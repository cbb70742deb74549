using System.Buffers.Binary;

namespace Recommender.Similarity.Memory;

/// <summary>What five bits stand for: a small Latin letter from 1 on, or one of these.</summary>
internal static class Letters
{
    /// <summary>Bits of each.</summary>
    public const int Bits = 5;

    /// <summary>All of them.</summary>
    public const int Mask = (1 << Bits) - 1;

    /// <summary>A space.</summary>
    public const int Space = 27;

    /// <summary>A hyphen.</summary>
    public const int Hyphen = 28;

    /// <summary>An apostrophe.</summary>
    public const int Apostrophe = 29;

    /// <summary>Before a letter that is a capital.</summary>
    public const int Capital = 30;

    /// <summary>Before the lower and the upper bits of a byte of UTF-8 that is nothing of these.</summary>
    public const int Other = 31;
}

/// <summary>Writes texts in <see cref="Letters"/>, each behind the number of them, which is the sum of codes up to the first that is not the highest.</summary>
internal sealed class LetterWriter
{
    private readonly List<byte> bytes = [];
    private readonly List<int> codes = [];
    private uint rest;
    private int restBits;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Bytes => (byte[])[.. bytes, .. restBits > 0 ? [(byte)rest] : Array.Empty<byte>()];

    /// <summary>Writes a text in UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        codes.Clear();
        foreach (var letter in text)
        {
            codes.AddRange((char)letter switch
            {
                ' ' => [Letters.Space],
                '-' => [Letters.Hyphen],
                '\'' => [Letters.Apostrophe],
                >= 'a' and <= 'z' => [letter - 'a' + 1],
                >= 'A' and <= 'Z' => [Letters.Capital, letter - 'A' + 1],
                _ => (ReadOnlySpan<int>)[Letters.Other, letter & Letters.Mask, letter >> Letters.Bits],
            });
        }

        var length = codes.Count;
        for (; length >= Letters.Mask; length -= Letters.Mask)
        {
            Write(Letters.Mask);
        }

        Write(length);
        codes.ForEach(Write);
    }

    private void Write(int code)
    {
        rest |= (uint)code << restBits;
        for (restBits += Letters.Bits; restBits >= 8; restBits -= 8, rest >>= 8)
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

    /// <summary>Goes past so many texts.</summary>
    public void Skip(int texts)
    {
        for (; texts > 0; texts--)
        {
            var length = Length();
            bit += Letters.Bits * length;
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="into">Room for it in UTF-8.</param>
    /// <returns>How many bytes it has.</returns>
    public int Text(scoped Span<byte> into)
    {
        var (codes, length) = (Length(), 0);
        for (var end = bit + (Letters.Bits * codes); bit < end;)
        {
            var code = Next();
            into[length++] = code switch
            {
                Letters.Space => (byte)' ',
                Letters.Hyphen => (byte)'-',
                Letters.Apostrophe => (byte)'\'',
                Letters.Capital => (byte)('A' + Next() - 1),
                Letters.Other => (byte)(Next() | (Next() << Letters.Bits)),
                _ => (byte)('a' + code - 1),
            };
        }

        return length;
    }

    private int Length()
    {
        var (length, code) = (0, Letters.Mask);
        while (code == Letters.Mask)
        {
            code = Next();
            length += code;
        }

        return length;
    }

    // They lie in two bytes at most.
    private int Next()
    {
        var found = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(bit >> 3)..]) >> (bit & 7) & Letters.Mask;
        bit += Letters.Bits;
        return found;
    }
}
