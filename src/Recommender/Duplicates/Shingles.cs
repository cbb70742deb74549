using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Recommender.Duplicates;

/// <summary>
/// What a text is compared by when it may be a copy: its words and pairs of neighbouring words, whatever its language. Accents, case and punctuation count nothing. Single words
/// shorter than <see cref="ShortestWord"/> letters are left to the pairs, for in most languages they are the words that every text has. Where a script is written
/// without spaces, each character is a word, and pairs and triples of them are taken.
/// </summary>
internal static class Shingles
{
    private const int ShortestWord = 4;

    /// <summary>32-bit hashes of the shingles of several fields, each once; a shingle never goes from one field into the next.</summary>
    public static HashSet<uint> Of(params ReadOnlySpan<string> fields)
    {
        var shingles = new HashSet<uint>();
        foreach (var field in fields)
        {
            var (previous, beforePrevious) = (default(Word), default(Word));
            foreach (var word in Words(field))
            {
                if (!word.IsCharacter && (word.Length >= ShortestWord || word.HasDigit))
                {
                    shingles.Add(Mix(word.Hash, 0, 0));
                }

                if (previous.Length > 0)
                {
                    shingles.Add(Mix(previous.Hash, word.Hash, 0));
                }

                if (word.IsCharacter && previous.IsCharacter && beforePrevious.IsCharacter)
                {
                    shingles.Add(Mix(beforePrevious.Hash, previous.Hash, word.Hash));
                }

                (beforePrevious, previous) = (previous, word);
            }
        }

        return shingles;
    }

    /// <summary>Whether one text begins with the words of another, which has at least one: a headline that is only the start of the body.</summary>
    public static bool BeginsWith(string text, string beginning)
    {
        using var words = Words(text).GetEnumerator();
        var any = false;
        foreach (var word in Words(beginning))
        {
            if (!words.MoveNext() || words.Current.Hash != word.Hash)
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private static IEnumerable<Word> Words(string text)
    {
        var letters = new List<char>(16);
        var hasDigit = false;
        foreach (var rune in Folded(text).EnumerateRunes())
        {
            var isLetter = Rune.IsLetterOrDigit(rune);
            var isCharacter = isLetter && IsWrittenWithoutSpaces(rune.Value);
            if (letters.Count > 0 && (!isLetter || isCharacter))
            {
                yield return WordOf(letters, hasDigit);
                letters.Clear();
                hasDigit = false;
            }

            if (isCharacter)
            {
                yield return new Word((uint)rune.Value * 0x9E3779B1u, 1, HasDigit: false, IsCharacter: true);
            }
            else if (isLetter)
            {
                letters.AddRange(rune.ToString());
                hasDigit |= Rune.IsDigit(rune);
            }
        }

        if (letters.Count > 0)
        {
            yield return WordOf(letters, hasDigit);
        }
    }

    private static Word WordOf(List<char> letters, bool hasDigit) =>
        new((uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(letters))), letters.Count, hasDigit, IsCharacter: false);

    // Compatibility forms are made one, accents taken off, and an apostrophe joins what stands around it.
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (c is not ('\'' or '’' or '\u00ad') && CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    // Thai, Lao, Myanmar and Khmer; kana; the Chinese characters and their extensions.
    private static bool IsWrittenWithoutSpaces(int rune) => rune is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static uint Mix(uint first, uint second, uint third)
    {
        var mixed = ((ulong)first * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft((ulong)second * 0xC2B2AE3D27D4EB4F, 29) ^ ulong.RotateLeft((ulong)third * 0x165667B19E3779F9, 47);
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        return (uint)(mixed >> 32);
    }

    private readonly record struct Word(uint Hash, int Length, bool HasDigit, bool IsCharacter);
}
