using System.Text.Json;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Reading;
using Recommender.Benchmarks.Running;
using Recommender.Cli.Terminals;

namespace Recommender.Benchmarks.Starting;

/// <summary>Measures what a reader waits for who comes when no process runs: from the start of the published application to its first list, beside the least that answers over HTTP.</summary>
internal sealed class ColdStartBenchmark(Terminal terminal) : Benchmark(
    "cold-start", "Measures starts of the published application on SQLite to the first list over HTTP, against a bare Kestrel that is published alike.", 10_000, 1_000, terminal)
{
    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        var rounds = IsQuick ? 5 : 15;
        Terminal.Note("publishing");
        using var application = await PublishedProgram.PublishAsync("src/Recommender.Functions", cancellation);
        using var bare = await PublishedProgram.PublishAsync("tests/Recommender.BareServer", cancellation);
        Terminal.Note($"importing {count} articles");
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        await engine.ImportAsync(count, withLists: true, cancellation);

        // Timers run as they do in production; limits and sites are those of a newspaper.
        var settings = ServeCommand.Settings(engine.StorePath);
        settings["Triggers:Enabled"] = bool.TrueString;
        var page = 0;
        var times = await Turns.TakeAsync(rounds, FirstListAsync, () => bare.FirstAnswerAsync([], "/", _ => true, cancellation), Terminal);
        figures.Add("cold_start_seconds", times.Select(round => round.One).Median(), $"median of {rounds} starts, from the start of the process to a page's first list, the files in the system's cache");
        figures.Add("slowest_cold_start_seconds", times.Max(round => round.One), "the slowest of them");
        figures.Add("bare_start_seconds", times.Select(round => round.Other).Median(), "median of as many starts of a bare Kestrel to its first answer, by turns");
        figures.Add("cold_start_vs_bare_kestrel", times.Select(round => round.One / round.Other).Median(), "median ratio of the two");

        // Each start meets a page of another age.
        Task<double> FirstListAsync() => application.FirstAnswerAsync(settings, HotPage.Target((int)((long)page++ * (count - 1) / rounds)), IsList, cancellation);
    }

    // Full of stories that were chosen for the page; some of the newest may fill it up.
    private static bool IsList(string answer)
    {
        using var list = JsonDocument.Parse(answer);
        return list.RootElement.GetProperty("site").ValueEquals(GeneratedArticles.Site.Id)
            && list.RootElement.GetProperty("state").GetString() is "complete" or "partial"
            && list.RootElement.GetProperty("items").GetArrayLength() == GeneratedArticles.Site.Count;
    }
}
