using System.Text;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>Compares names and titles as people do: by letters and digits only.</summary>
internal static class Likeness
{
    /// <summary>Letters and digits in lower case, without markup and a leading article; equal for what reads alike.</summary>
    public static string Key(string text)
    {
        text = PlainText.Line(text);
        var key = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
        }

        return text.StartsWith("the ", StringComparison.OrdinalIgnoreCase) && key.Length > 3 ? key.ToString(3, key.Length - 3) : key.ToString();
    }
}
