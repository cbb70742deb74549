using System.CommandLine;
using Recommender.Cli;
using Recommender.Cli.Terminals;

namespace Recommender.Benchmarks.Running;

/// <summary>A benchmark over generated articles: a table on the terminal, JSON where it is wanted, and a quick form that takes less than a minute.</summary>
internal abstract class Benchmark : Command
{
    private readonly Option<bool> quick = new("--quick") { Description = "A smaller corpus, in less than a minute." };
    private readonly Option<int?> articles = new("--count") { Description = "Generated articles.", HelpName = "N" };
    private readonly Option<string?> json = new("--json") { Description = "Write the figures to this file, as one JSON object.", HelpName = "FILE" };

    /// <param name="name">Its name on the command line.</param>
    /// <param name="description">What it measures against what.</param>
    /// <param name="usual">Generated articles.</param>
    /// <param name="few">Generated articles when it has to be quick.</param>
    /// <param name="terminal">Where it tells.</param>
    protected Benchmark(string name, string description, int usual, int few, Terminal terminal)
        : base(name, description)
    {
        Terminal = terminal;
        Add(quick);
        Add(articles);
        Add(json);
        SetAction(async (arguments, cancellation) =>
        {
            var figures = new Figures(terminal);
            IsQuick = arguments.GetValue(quick);
            Given = arguments;
            await MeasureAsync(arguments.GetValue(articles) ?? (IsQuick ? few : usual), figures, cancellation);
            figures.Write();
            if (arguments.GetValue(json) is { } path)
            {
                await figures.SaveAsync(path, cancellation);
            }

            return ExitCode.Success;
        });
    }

    /// <summary>Where it tells how far it is.</summary>
    protected Terminal Terminal { get; }

    /// <summary>Whether it has to be quick.</summary>
    protected bool IsQuick { get; private set; }

    /// <summary>What was asked for; set while it measures.</summary>
    protected ParseResult Given { get; private set; } = null!;

    /// <summary>Measures.</summary>
    /// <param name="count">Generated articles.</param>
    /// <param name="figures">Where the figures go.</param>
    /// <param name="cancellation">Stops it.</param>
    protected abstract Task MeasureAsync(int count, Figures figures, CancellationToken cancellation);
}
