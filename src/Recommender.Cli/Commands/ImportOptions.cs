using System.CommandLine;

namespace Recommender.Cli.Commands;

/// <summary>What every command that takes articles in can be told.</summary>
internal static class ImportOptions
{
    /// <summary>Whether bad articles make the command fail.</summary>
    public static Option<bool> Strict { get; } = new("--strict")
    {
        Description = "Exit with 1 when any article could not be taken. Otherwise only when none could, or when a source could not be read at all.",
    };

    /// <summary>Whether each result is written.</summary>
    public static Option<bool> Results { get; } = new("--results")
    {
        Description = "Write a line of JSON for each article to standard output as soon as it is stored: place, id, outcome, errors. The summary goes to standard error then.",
    };
}
