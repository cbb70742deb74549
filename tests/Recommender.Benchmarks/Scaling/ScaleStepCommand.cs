using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Publishing;
using Recommender.Benchmarks.Reading;
using Recommender.Benchmarks.Reindexing;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Cli.Terminals;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Similarity.Packs;

namespace Recommender.Benchmarks.Scaling;

/// <summary>One size of <see cref="ScaleBenchmark"/>, in a process of its own, so that its memory is its own.</summary>
internal sealed class ScaleStepCommand : Benchmark
{
    /// <summary>Its name on the command line.</summary>
    public const string CommandName = "scale-step";

    private const int Publications = 50;

    private readonly Option<string?> store = new("--store") { Description = "Keep the store in this folder; one that is there is not filled again.", HelpName = "FOLDER" };

    /// <summary>Makes the command.</summary>
    public ScaleStepCommand(Terminal terminal)
        : base(CommandName, "One size of the benchmark scale: a whole reindex, publications, the next reindex, another process, and reads.", 10_000, 2_000, terminal)
    {
        Add(store);
    }

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        await using var engine = await EmbeddedEngine.CreateAsync(Given.GetValue(store), cancellation);
        var idle = GC.GetTotalMemory(forceFullCollection: true);
        if (engine.IsNew)
        {
            await ImportAsync(engine, count, figures, cancellation);
        }

        var before = engine.Store.Transactions;
        var (reindexer, stages) = (engine.Services.GetRequiredService<Reindexer>(), new StageTimes());
        var begun = Stopwatch.GetTimestamp();
        var run = await reindexer.ExecuteAsync(GeneratedArticles.Site, (await reindexer.StartWholeAsync(GeneratedArticles.Site, cancellation)).Id, stages, cancellation);
        if (run.State != RunState.Succeeded)
        {
            throw new CommandException($"The run {run.State}: {string.Join(' ', run.Errors)}");
        }

        figures.Add("reindex_seconds", Stopwatch.GetElapsedTime(begun).TotalSeconds, "a whole reindex");
        figures.Add("reindex_transactions_per_article", (engine.Store.Transactions - before) / (double)count, "calls of the store");
        foreach (var (stage, seconds) in stages.Seconds)
        {
            figures.Add($"reindex_{stage.ToString().ToLowerInvariant()}_seconds", seconds, $"of these: {stage.Words()}");
        }

        Terminal.Note($"reindexed in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        figures.Add("peak_megabytes", PeakBytes / 1048576.0, "largest working set until then");
        figures.Add("bytes_per_article", (GC.GetTotalMemory(forceFullCollection: true) - idle) / (double)count, "managed memory after a full collection: index, threads and caches");
        figures.Add("store_bytes_per_article", engine.StoredBytes / (double)count, "of the store's files");
        await PublishAsync(engine, figures, cancellation);
        await TakeUpAsync(engine, figures, cancellation);
        await LoadAsync(engine, figures, cancellation);
        await ReadAsync(engine, count, figures, cancellation);
    }

    private static long PeakBytes => File.Exists("/proc/self/status")
        ? 1024 * long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
        : Process.GetCurrentProcess().PeakWorkingSet64;

    private async Task ImportAsync(EmbeddedEngine engine, int count, Figures figures, CancellationToken cancellation)
    {
        var (begun, before) = (Stopwatch.GetTimestamp(), engine.Store.Transactions);
        await engine.ImportAsync(count, withLists: false, cancellation);
        figures.Add("import_seconds", Stopwatch.GetElapsedTime(begun).TotalSeconds, "import into an empty store, whose lists the reindex makes");
        figures.Add("import_transactions_per_article", (engine.Store.Transactions - before) / (double)count, "calls of the store");
        Terminal.Note($"{count} articles imported in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
    }

    private static async Task PublishAsync(EmbeddedEngine engine, Figures figures, CancellationToken cancellation)
    {
        var (stories, times) = (new PublishedStories(engine), new List<double>());
        await stories.SkipPublishedAsync();
        for (var story = 0; story < Publications; story++)
        {
            times.Add(await stories.PublishAsync(stories.Next(), cancellation));
        }

        figures.Add("publish_ms", times.Median(), $"median of {Publications} publications, until the article is in its list and in those of others");
        figures.Add("publish_most_ms", times.Max(), "the slowest of them");
    }

    private static async Task TakeUpAsync(EmbeddedEngine engine, Figures figures, CancellationToken cancellation)
    {
        var reindexer = engine.Services.GetRequiredService<Reindexer>();
        var begun = Stopwatch.GetTimestamp();
        var run = await reindexer.ExecuteAsync(GeneratedArticles.Site, (await reindexer.StartAsync(GeneratedArticles.Site, cancellation)).Id, cancellation: cancellation);
        figures.Add("next_reindex_seconds", Stopwatch.GetElapsedTime(begun).TotalSeconds, "a reindex after these publications");
        figures.Add("next_reindex_articles", run.Articles, "articles that it took up");
    }

    private static async Task LoadAsync(EmbeddedEngine engine, Figures figures, CancellationToken cancellation)
    {
        figures.Add("load_seconds", await LoadAsync(engine, another => another.GetRequiredService<IndexPackTable>().ForgetAsync(GeneratedArticles.Site, cancellation)), "until another process has the index, from packs");
        figures.Add("load_from_articles_seconds", await LoadAsync(engine, _ => Task.CompletedTask), "the same from all articles");
    }

    // One after the other, so that no more than two indexes are in memory.
    private static async Task<double> LoadAsync(EmbeddedEngine engine, Func<IServiceProvider, Task> thereafter)
    {
        await using var another = engine.OpenAnother();
        var begun = Stopwatch.GetTimestamp();
        await another.Services.GetRequiredService<SiteIndexes>().GetAsync(GeneratedArticles.Site);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await thereafter(another.Services);
        return seconds;
    }

    private async Task ReadAsync(EmbeddedEngine engine, int count, Figures figures, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartAsync(engine.StorePath);
        await Cores.LeaveAsync(cancellation);
        var begun = Stopwatch.GetTimestamp();
        await server.SettleAsync(cancellation);
        figures.Add("settled_seconds", Stopwatch.GetElapsedTime(begun).TotalSeconds, "until a process that serves pages has read the cards of all, on one core");
        var pages = new PageReads(server, figures, Terminal);
        if (!IsQuick)
        {
            await pages.MeasureHotAsync(15, TimeSpan.FromSeconds(2));
        }

        await pages.MeasureColdAsync(count);
    }
}
