using System.Text;

namespace Recommender.Ingestion.Pages;

/// <summary>Text without halves of characters, which pages carry and string functions reject.</summary>
internal static class WholeText
{
    /// <summary>The text with U+FFFD in place of each half of a surrogate pair that stands alone.</summary>
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return Rebuild(text);
                }

                i++;
            }
        }

        return text;
    }

    private static string Rebuild(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }
}
