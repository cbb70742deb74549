using System.Security.Cryptography;
using System.Text;
using Recommender.Tables;

namespace Recommender.Articles;

/// <summary>Rules for article ids.</summary>
public static class ArticleId
{
    /// <summary>Most characters of an id.</summary>
    public const int MaxLength = 256;

    // Half of a key, so that an id fits beside whatever else the key holds.
    private const int MaxKeyLength = 384;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int DerivedLength = 16;

    /// <summary>The id of an article that has none of its own: 80 bits of the SHA-256 of its canonical URL, as 16 characters a-z and 2-7.</summary>
    public static string FromUrl(string canonicalUrl)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(canonicalUrl));
        return string.Create(DerivedLength, hash, static (id, hash) =>
        {
            for (var i = 0; i < id.Length; i++)
            {
                var bit = 5 * i;
                var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
                id[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
            }
        });
    }

    /// <summary>
    /// Whether a publisher may use that id: 1 to <see cref="MaxLength"/> characters, none of them a control character or half of a surrogate pair, no space at either end.
    /// </summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxLength && id.Trim() == id && TableLimits.IsWellFormed(id) && !id.Any(char.IsControl) && Keys.Join(id).Length <= MaxKeyLength;
}
