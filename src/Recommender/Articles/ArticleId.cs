namespace Recommender.Articles;

/// <summary>Rules for article ids.</summary>
public static class ArticleId
{
    /// <summary>The id of an article that has none of its own: derived from its canonical URL, 16 characters a-z and 2-7.</summary>
    public static string FromUrl(string canonicalUrl) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(canonicalUrl)))[..16];
}
