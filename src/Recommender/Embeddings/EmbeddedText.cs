using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Recommender.Articles;

namespace Recommender.Embeddings;

/// <summary>What of an article is embedded: headline, dek and the beginning of the body.</summary>
public static class EmbeddedText
{
    // So much of the end may be given up for whole words.
    private const int LongestWord = 40;

    /// <summary>The text, at most <see cref="EmbeddingOptions.MaxCharacters"/> after the prefix, cut between words where there are any.</summary>
    public static string Of(Article article, EmbeddingOptions options) => options.Prefix + Cut(
        string.Join("\n\n", new[] { article.Title, article.Dek, article.Body }.Where(part => part.Length > 0)), options.MaxCharacters);

    /// <summary>By which it is known that an article's vector is of this text and of this reduction: 64 bits (XXH64), never 0.</summary>
    public static long Stamp(string text, string model, long generation)
    {
        var hash = new XxHash64();
        hash.Append(Encoding.UTF8.GetBytes(model));
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, generation);
        hash.Append(number);
        hash.Append(Encoding.UTF8.GetBytes(text));
        return unchecked((long)hash.GetCurrentHashAsUInt64()) is var stamp and not 0 ? stamp : 1;
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        var space = text.AsSpan(0, end).LastIndexOfAny(' ', '\n');
        return text[..(space >= end - LongestWord ? space : end)].TrimEnd();
    }
}
