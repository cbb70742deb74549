using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Reading;
using Recommender.Benchmarks.Running;
using Recommender.Benchmarks.Starting;
using Recommender.Cli.Terminals;
using Recommender.Functions.Access;

namespace Recommender.Benchmarks.Soaking;

/// <summary>Keeps the published application busy with all that it is for, for ten minutes, and looks whether it errs or grows.</summary>
internal sealed class SoakBenchmark(Terminal terminal) : Benchmark(
    "soak", "Ten minutes of readers, publications, decisions, feed polls and reindex runs at once, on SQLite: errors, and memory after the first minute.", 5_000, 500, terminal)
{
    private const string Key = "ms_the-key-of-the-soaked-application";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        var (duration, warmUp) = IsQuick ? (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5)) : (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));
        Terminal.Note("publishing");
        using var published = await PublishedProgram.PublishAsync("src/Recommender.Functions", cancellation);
        Terminal.Note($"importing {count} articles");
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        await engine.ImportAsync(count, withLists: true, cancellation);
        await using var feed = await ChangingFeed.StartAsync(count);
        await using var program = published.Start(Settings(engine.StorePath, feed.Address));
        await program.AskAsync(HotPage.Target(0), cancellation);

        // What is kept of pages is there before memory is looked at.
        for (var page = 0; page < count; page++)
        {
            await program.AskAsync(HotPage.Target(page), cancellation);
        }

        program.Client.DefaultRequestHeaders.Add("X-Api-Key", Key);

        Terminal.Note($"soaking for {duration}");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (begun, memory, traffic) = (program.Age, new List<(double Minute, double Megabytes)>(), new Traffic(program.Client, count));
        over.CancelAfter(duration);
        var users = traffic.StartAsync(over.Token);
        while (program.Age - begun < duration)
        {
            await Task.Delay(Interval, cancellation);
            if (program.Age - begun >= warmUp)
            {
                memory.Add(((program.Age - begun).TotalMinutes, program.WorkingSet / 1048576.0));
            }
        }

        await users;
        cancellation.ThrowIfCancellationRequested();
        foreach (var (what, number) in traffic.Done.OrderBy(done => done.Key, StringComparer.Ordinal))
        {
            figures.Add($"soak_{what}", number, "done");
        }

        foreach (var error in traffic.Errors.Take(20))
        {
            Terminal.Note(error);
        }

        var quarter = Math.Max(1, memory.Count / 4);
        var (early, late) = (memory.Take(quarter).Average(sample => sample.Megabytes), memory.TakeLast(quarter).Average(sample => sample.Megabytes));
        figures.Add("soak_errors", traffic.Errors.Count, "answers that were wrong, late or none");
        figures.Add("memory_megabytes", late, "working set in the last quarter of the time after warming up");
        figures.Add("memory_growth", late / early, "that against the first quarter");
        figures.Add("memory_slope_megabytes_per_minute", Slope(memory), "of the straight line through all of that time");
    }

    private static Dictionary<string, string?> Settings(string store, Uri feed)
    {
        var settings = ServeCommand.Settings(store);
        settings.Remove("Access:ReadOnly");
        foreach (var (scope, place) in new[] { AccessServices.Articles, AccessServices.Editor, AccessServices.Ops }.Select((scope, place) => (scope, place)))
        {
            settings[$"Access:Keys:0:Scopes:{place}"] = scope;
        }

        (settings["Access:Keys:0:Name"], settings["Access:Keys:0:Hash"]) = ("soak", ApiKey.Hash(Key));
        (settings["Triggers:Enabled"], settings["Ingestion:AllowPrivateAddresses"]) = (bool.TrueString, bool.TrueString);
        (settings[$"Recommender:Sites:{GeneratedArticles.Site.Id}:Feeds:0"], settings[$"Recommender:Sites:{GeneratedArticles.Site.Id}:Hosts:1"]) = (feed.AbsoluteUri, feed.Host);
        return settings;
    }

    private static double Slope(List<(double Minute, double Megabytes)> samples)
    {
        var (time, height) = (samples.Average(sample => sample.Minute), samples.Average(sample => sample.Megabytes));
        return samples.Sum(sample => (sample.Minute - time) * (sample.Megabytes - height)) / samples.Sum(sample => (sample.Minute - time) * (sample.Minute - time));
    }
}
