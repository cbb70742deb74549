using Spectre.Console;

namespace Recommender.Cli.Terminals;

/// <summary>Breaks text into lines that fit a screen.</summary>
internal static class Wrapping
{
    /// <summary>Lines of at most <paramref name="width"/> columns, each behind <paramref name="indent"/> spaces; a word that is wider stands alone.</summary>
    public static IEnumerable<string> Wrap(string text, int width, int indent)
    {
        var margin = new string(' ', indent);
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && indent + line.GetCellWidth() + 1 + word.GetCellWidth() >= width)
            {
                yield return margin + line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return margin + line;
        }
    }
}
