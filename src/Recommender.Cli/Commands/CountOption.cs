using System.CommandLine;
using System.Globalization;

namespace Recommender.Cli.Commands;

/// <summary>A whole number within bounds. What is none is told so before anything asks for the value.</summary>
internal static class CountOption
{
    /// <summary>An option <c>--count</c>, or null when it is not given.</summary>
    public static Option<int?> Of(string description, int most)
    {
        var option = new Option<int?>("--count", "-n") { Description = description, HelpName = "N" };
        option.CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most)
            {
                return count;
            }

            result.AddError($"--count is a whole number from 1 to {most}, not '{result.Tokens[0].Value}'.");
            return null;
        };
        return option;
    }
}
