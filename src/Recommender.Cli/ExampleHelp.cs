using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Recommender.Cli;

/// <summary>The usual help with examples behind it.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] General =
    [
        "more-stories index https://news.example/feed.xml",
        "more-stories list https://news.example/2021/10/the-old-lighthouse",
        "more-stories export --out backup.jsonl.gz",
        "more-stories import backup.jsonl.gz --store azure:mystorageaccount",
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        output.WriteLine("Examples:");
        foreach (var example in command is IHasExamples own ? own.Examples : General)
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        if (command is RootCommand)
        {
            output.WriteLine("Exit codes: 0 done, 1 failed, 2 not asked for properly, 130 stopped by Ctrl+C. Colours are left out when NO_COLOR is set.");
            output.WriteLine();
        }

        return ExitCode.Success;
    }
}

/// <summary>A command that shows how it is used.</summary>
internal interface IHasExamples
{
    /// <summary>Whole command lines.</summary>
    IReadOnlyList<string> Examples { get; }
}
