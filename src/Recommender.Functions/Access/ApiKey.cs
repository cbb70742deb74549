using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Recommender.Functions.Access;

/// <summary>Keys of the API: random text that is stored nowhere, and the SHA-256 of it that configuration holds.</summary>
public static class ApiKey
{
    private const int RandomBytes = 32;

    /// <summary>A new key of 256 random bits.</summary>
    public static string Generate() => "ms_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>SHA-256 of a key's UTF-8 bytes, in hexadecimal. Keys are random and long, so no salt or slow hash is called for.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a text is what <see cref="Hash"/> gives, in either case.</summary>
    public static bool IsHash(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);

    /// <summary>The configured key that <paramref name="presented"/> is; null when it is none. Takes the same time whichever it is, and whether it is one.</summary>
    public static ApiKeyOptions? Find(IEnumerable<ApiKeyOptions> keys, string presented)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        ApiKeyOptions? found = null;
        foreach (var key in keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(key.Hash)) ? key : found;
        }

        return found;
    }
}
