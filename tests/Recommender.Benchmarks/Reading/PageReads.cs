using System.Diagnostics;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Cli.Terminals;

namespace Recommender.Benchmarks.Reading;

/// <summary>What readers wait for: pages of the application as in production.</summary>
internal sealed class PageReads(ServerProcess server, Figures figures, Terminal terminal)
{
    /// <summary>Articles that <see cref="MeasureColdAsync"/> takes.</summary>
    public const int FewestArticles = (2 * ColdPages) + 1;

    private const int Connections = 32;
    private const int ColdPages = 200;
    private const int HotReads = 2_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Measures a hot page against the same bytes and headers from a bare Kestrel.</summary>
    /// <param name="rounds">How often each of the two has its turn.</param>
    /// <param name="duration">How long a turn takes.</param>
    /// <exception cref="CommandException">The two do not give the same.</exception>
    public async Task MeasureHotAsync(int rounds, TimeSpan duration)
    {
        var target = HotPage.Target(0);
        await server.CopyAsync(target);
        using var hot = new Readers(server.Application, HotPage.Request(target), Connections);
        using var bare = new Readers(server.Bare, HotPage.Request(target), Connections);
        if (hot.Answer != bare.Answer)
        {
            throw new CommandException($"The two do not give the same:\n{hot.Answer}\n\n{bare.Answer}");
        }

        terminal.Note("reading a hot page");
        hot.Saturate(WarmUp);
        bare.Saturate(WarmUp);
        var throughput = await Turns.TakeAsync(rounds, () => Task.FromResult(hot.Saturate(duration)), () => Task.FromResult(bare.Saturate(duration)), terminal);
        var rate = throughput.Select(round => round.One).Median() / 2;
        var slowest = await Turns.TakeAsync(rounds, () => Slowest(hot), () => Slowest(bare), terminal);
        var where = Cores.AreApart ? "on a core of its own" : "on the cores of the readers";
        figures.Add("hot_reads_per_second", throughput.Select(round => round.One).Median(), $"answers for a hot page, {Connections} keep-alive connections, the server {where}");
        figures.Add("bare_reads_per_second", throughput.Select(round => round.Other).Median(), "the same bytes and headers from a bare Kestrel in the same process");
        figures.Add("hot_read_vs_bare_kestrel", throughput.Select(round => round.One / round.Other).Median(), $"median ratio of {rounds} rounds, by turns");
        figures.Add("hot_p99_ms", slowest.Select(round => round.One).Median(), $"99th percentile at {rate:0} requests a second, half of what saturates it, from when a request is due");
        figures.Add("bare_p99_ms", slowest.Select(round => round.Other).Median(), "the bare Kestrel at the same rate");
        figures.Add("hot_p99_vs_bare_kestrel", slowest.Select(round => round.One / round.Other).Median(), $"median ratio of {rounds} rounds, by turns");

        using var one = ReaderConnection.Open(server.Application, HotPage.Request(target));
        var before = await server.CallsAsync();
        for (var read = 0; read < HotReads; read++)
        {
            one.Ask();
        }

        var after = await server.CallsAsync();
        figures.Add("hot_read_storage_calls", (double)(after.PointReads + after.Others - before.PointReads - before.Others) / HotReads, $"calls of the store for each of {HotReads} hot reads");

        Task<double> Slowest(Readers readers) => Task.FromResult(readers.Pace(rate, duration).Quantile(0.99));
    }

    /// <summary>Measures pages that nobody asked for before.</summary>
    /// <param name="count">Generated articles of the store.</param>
    // The first half warms what all pages share and the compiler; which pages belong to it says nothing about the others.
    public async Task MeasureColdAsync(int count)
    {
        terminal.Note("reading cold pages");
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
