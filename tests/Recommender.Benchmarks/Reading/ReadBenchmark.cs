using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Cli.Terminals;

namespace Recommender.Benchmarks.Reading;

/// <summary>
/// Measures what readers wait for: a hot page of the application as in production against the same bytes and headers from a bare Kestrel in the same process, and pages that nobody asked for before.
/// </summary>
internal sealed class ReadBenchmark(Terminal terminal) : Benchmark(
    "read", "Measures lists over HTTP: a hot page against the same bytes from a bare Kestrel, and what a cold page costs on SQLite.", 10_000, 1_000, terminal)
{
    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        if (count < PageReads.FewestArticles)
        {
            throw new CommandException($"It takes at least {PageReads.FewestArticles} articles.");
        }

        Terminal.Note($"importing {count} articles");
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        await engine.ImportAsync(count, withLists: true, cancellation);
        await using var server = await ServerProcess.StartAsync(engine.StorePath);
        await Cores.LeaveAsync(cancellation);
        var pages = new PageReads(server, figures, Terminal);
        await pages.MeasureHotAsync(IsQuick ? 5 : 9, TimeSpan.FromSeconds(IsQuick ? 1.2 : 4));
        await pages.MeasureColdAsync(count);
    }
}
