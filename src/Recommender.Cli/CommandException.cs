namespace Recommender.Cli;

/// <summary>A command cannot go on; the message is one line for people.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The command was not asked for properly.</summary>
    public static CommandException Usage(string message) => new(message, Cli.ExitCode.Usage);
}
