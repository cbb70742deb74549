using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>Writes plain text so that it comes back as it is from <see cref="PlainText"/>, also when it speaks of tags and entities.</summary>
internal static class Literal
{
    /// <summary>The text, or where it would be taken for markup, with entities in place of the signs.</summary>
    public static string Of(string text) => PlainText.IsPlain(text)
        ? text
        : text.Replace("&", "&amp;amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
