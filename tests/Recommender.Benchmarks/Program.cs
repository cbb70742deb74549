using System.CommandLine;
using Recommender.Benchmarks.DryRuns;
using Recommender.Benchmarks.Duplicates;
using Recommender.Benchmarks.Indexing;
using Recommender.Benchmarks.MoreLikeThis;
using Recommender.Benchmarks.Packing;
using Recommender.Benchmarks.Publishing;
using Recommender.Benchmarks.Reading;
using Recommender.Benchmarks.Reindexing;
using Recommender.Benchmarks.Scaling;
using Recommender.Benchmarks.Searching;
using Recommender.Benchmarks.Soaking;
using Recommender.Benchmarks.Starting;
using Recommender.Benchmarks.Weights;
using Recommender.Cli;
using Recommender.Cli.Terminals;

var terminal = new Terminal();
var root = new RootCommand("Compares More Stories with what others do, and measures its quality and speed.")
{
    new MoreLikeThisCommand(terminal), new WeightsCommand(terminal), new DuplicatesCommand(terminal), new PackingCommand(terminal), new SearchCommand(terminal), new DryRunCommand(terminal),
    new IndexBenchmark(terminal), new ReindexBenchmark(terminal), new ReadBenchmark(terminal), new ColdStartBenchmark(terminal), new SoakBenchmark(terminal),
    new PublishBenchmark(terminal), new ScaleBenchmark(terminal), new ScaleStepCommand(terminal), new ServeCommand(),
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
