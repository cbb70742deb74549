using System.Diagnostics;
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
    private const int Connections = 32;
    private const int ColdPages = 200;
    private const int HotReads = 2_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        if (count < (2 * ColdPages) + 1)
        {
            throw new CommandException($"It takes more than {2 * ColdPages} articles.");
        }

        Terminal.Note($"importing {count} articles");
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        await engine.ImportAsync(count, withLists: true, cancellation);
        await using var server = await ServerProcess.StartAsync(engine.StorePath);
        await Cores.LeaveAsync(cancellation);
        await MeasureHotAsync(server, figures, IsQuick ? (5, TimeSpan.FromSeconds(1.2)) : (9, TimeSpan.FromSeconds(4)));
        await MeasureColdAsync(server, count, figures);
    }

    private async Task MeasureHotAsync(ServerProcess server, Figures figures, (int Rounds, TimeSpan Duration) plan)
    {
        var target = HotPage.Target(0);
        await server.CopyAsync(target);
        using var hot = new Readers(server.Application, HotPage.Request(target), Connections);
        using var bare = new Readers(server.Bare, HotPage.Request(target), Connections);
        if (hot.Answer != bare.Answer)
        {
            throw new CommandException($"The two do not give the same:\n{hot.Answer}\n\n{bare.Answer}");
        }

        Terminal.Note("reading a hot page");
        hot.Saturate(WarmUp);
        bare.Saturate(WarmUp);
        var throughput = await Turns.TakeAsync(plan.Rounds, () => Task.FromResult(hot.Saturate(plan.Duration)), () => Task.FromResult(bare.Saturate(plan.Duration)), Terminal);
        var rate = throughput.Select(round => round.One).Median() / 2;
        var slowest = await Turns.TakeAsync(plan.Rounds, () => Slowest(hot), () => Slowest(bare), Terminal);
        var where = Cores.AreApart ? "on a core of its own" : "on the cores of the readers";
        figures.Add("hot_reads_per_second", throughput.Select(round => round.One).Median(), $"answers for a hot page, {Connections} keep-alive connections, the server {where}");
        figures.Add("bare_reads_per_second", throughput.Select(round => round.Other).Median(), "the same bytes and headers from a bare Kestrel in the same process");
        figures.Add("hot_read_vs_bare_kestrel", throughput.Select(round => round.One / round.Other).Median(), $"median ratio of {plan.Rounds} rounds, by turns");
        figures.Add("hot_p99_ms", slowest.Select(round => round.One).Median(), $"99th percentile at {rate:0} requests a second, half of what saturates it, from when a request is due");
        figures.Add("bare_p99_ms", slowest.Select(round => round.Other).Median(), "the bare Kestrel at the same rate");
        figures.Add("hot_p99_vs_bare_kestrel", slowest.Select(round => round.One / round.Other).Median(), $"median ratio of {plan.Rounds} rounds, by turns");

        using var one = ReaderConnection.Open(server.Application, HotPage.Request(target));
        var before = await server.CallsAsync();
        for (var read = 0; read < HotReads; read++)
        {
            one.Ask();
        }

        var after = await server.CallsAsync();
        figures.Add("hot_read_storage_calls", (double)(after.PointReads + after.Others - before.PointReads - before.Others) / HotReads, $"calls of the store for each of {HotReads} hot reads");

        Task<double> Slowest(Readers readers) => Task.FromResult(readers.Pace(rate, plan.Duration).Quantile(0.99));
    }

    // The first half warms what all pages share and the compiler; which pages belong to it says nothing about the others.
    private async Task MeasureColdAsync(ServerProcess server, int count, Figures figures)
    {
        Terminal.Note("reading cold pages");
        var measured = new List<(double Milliseconds, int PointReads, int Others)>();
        using var shared = ReaderConnection.Open(server.Application, HotPage.Request(HotPage.Target(0)));
        for (var page = 1; page <= 2 * ColdPages; page++)
        {
            var before = await server.CallsAsync();
            var begun = Stopwatch.GetTimestamp();
            shared.Ask(HotPage.Request(HotPage.Target((int)((long)page * (count - 1) / (2 * ColdPages)))));
            var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            var after = await server.CallsAsync();
            measured.Add((took, after.PointReads - before.PointReads, after.Others - before.Others));
        }

        var cold = measured.Skip(ColdPages).ToList();
        figures.Add("cold_read_ms", cold.Select(read => read.Milliseconds).Median(), $"median for {ColdPages} pages that nobody asked for before, on SQLite");
        figures.Add("cold_read_p99_ms", cold.Select(read => read.Milliseconds).Quantile(0.99), "99th percentile of these");
        figures.Add("cold_read_point_reads", cold.Average(read => read.PointReads), "point reads for each, on average");
        figures.Add("cold_read_most_point_reads", cold.Max(read => read.PointReads), "point reads for the one that took most");
        figures.Add("cold_read_other_calls", cold.Average(read => read.Others), "ranges read for each, on average");
    }
}
