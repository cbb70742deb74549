using System.CommandLine;
using Recommender.Benchmarks.DryRuns;
using Recommender.Benchmarks.Duplicates;
using Recommender.Benchmarks.Indexing;
using Recommender.Benchmarks.MoreLikeThis;
using Recommender.Benchmarks.Packing;
using Recommender.Benchmarks.Reindexing;
using Recommender.Benchmarks.Weights;
using Recommender.Cli;
using Recommender.Cli.Terminals;

var terminal = new Terminal();
var root = new RootCommand("Compares More Stories with what others do, and measures its quality and speed.")
{
    new MoreLikeThisCommand(terminal), new WeightsCommand(terminal), new DuplicatesCommand(terminal), new PackingCommand(terminal), new DryRunCommand(terminal),
    new IndexBenchmark(terminal), new ReindexBenchmark(terminal),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is CommandException or IOException)
{
    terminal.Fail(failure.Message);
    return ExitCode.Failure;
}
