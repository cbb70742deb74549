using System.CommandLine;
using System.CommandLine.Help;
using Microsoft.Extensions.Options;
using Recommender.Backups;
using Recommender.Cli.Commands;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Ingestion;
using Recommender.Tables;

namespace Recommender.Cli;

/// <summary>The tool as a whole: its commands, and what becomes of everything that goes wrong.</summary>
internal static class Tool
{
    /// <summary>Runs one command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
        var terminal = new Terminal();
        var arguments = Root(terminal).Parse(args);
        if (arguments.Errors is [var error, ..])
        {
            terminal.Fail($"{error.Message} Try '{Path(arguments.CommandResult.Command)} --help'.");
            return ExitCode.Usage;
        }

        try
        {
            var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await arguments.InvokeAsync(settings, interruption.Token);
        }
        catch (CommandException failure)
        {
            terminal.Fail(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            terminal.Fail("Stopped.");
            return interruption.ExitCode;
        }
        catch (OptionsValidationException wrong)
        {
            terminal.Fail(string.Join(' ', wrong.Failures));
            return ExitCode.Usage;
        }
        catch (Exception failure) when (failure is TableUnavailableException or TableLimitException or BackupException or SourceException or IOException or UnauthorizedAccessException)
        {
            terminal.Fail(failure.Message);
            return ExitCode.Failure;
        }
        catch (Exception unexpected)
        {
            terminal.Fail($"This should not have happened. {unexpected.GetType().Name}: {unexpected.Message}");
            return ExitCode.Failure;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Fills the \"More Stories\" lists of a publisher's pages: takes articles in, and says which stories belong under a page.")
        {
            new IndexCommand(terminal),
            new ListCommand(terminal),
            new ReindexCommand(terminal),
            new ExportCommand(terminal),
            new ImportCommand(terminal),
            new ArticlesCommand(terminal),
            new ShowCommand(terminal),
            new RemoveCommand(terminal),
            new EvaluateCommand(terminal),
            new SimilarityCommand(terminal),
            new ThreadsCommand(terminal),
        };
        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;
}
