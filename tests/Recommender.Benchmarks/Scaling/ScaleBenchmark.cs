using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Cli.Terminals;

namespace Recommender.Benchmarks.Scaling;

/// <summary>Measures the same at ever larger sizes, how each figure grows, and what storage would cost on Azure.</summary>
internal sealed class ScaleBenchmark(Terminal terminal) : Benchmark(
    "scale", "Measures import, reindex, memory, publications, hot and cold pages at 10,000, 30,000, 100,000 articles and so on up to --count, how each grows, and what storage costs on Azure.", 100_000, 2_000, terminal)
{
    private const int Views = 1_000_000;
    private const int Articles = 1_000;
    private const double Gigabyte = 1 << 30;
    private static readonly int[] Sizes = [10_000, 30_000, 100_000, 300_000, 1_000_000];
    private static readonly string[] Grown = ["import_seconds", "reindex_seconds", "peak_megabytes", "publish_ms", "cold_read_ms"];

    /// <inheritdoc/>
    protected override async Task MeasureAsync(int count, Figures figures, CancellationToken cancellation)
    {
        int[] sizes = count < 3 * Sizes[0] ? [count / 4, count / 2, count] : [.. Sizes.Where(size => size < count), count];
        var steps = new List<(int Size, IReadOnlyDictionary<string, double> Figures)>();
        foreach (var size in sizes)
        {
            Terminal.Note($"measuring {size} articles");
            steps.Add((size, await MeasureStepAsync(size, cancellation)));
        }

        foreach (var (size, step) in steps)
        {
            foreach (var (name, value) in step)
            {
                figures.Add($"{name}_{size}", value, string.Create(CultureInfo.InvariantCulture, $"at {size:#,0} articles"));
            }
        }

        foreach (var name in Grown)
        {
            figures.Add($"{name[..name.LastIndexOf('_')]}_growth_exponent", Exponent(steps.Select(step => ((double)step.Size, step.Figures[name]))), "by least squares; 1 is linear, 0 is constant");
        }

        var last = steps[^1].Figures;
        figures.Add("usd_per_million_cold_page_views", Views * last["cold_read_point_reads"] * AzurePrices.Transaction, "transactions of Azure Table Storage, were no page hot");
        figures.Add("usd_per_thousand_articles", Articles * (last["import_transactions_per_article"] + last["reindex_transactions_per_article"]) * AzurePrices.Transaction, "transactions of an import and a reindex");
        figures.Add("usd_per_thousand_articles_month", Articles * last["store_bytes_per_article"] / Gigabyte * AzurePrices.GigabyteMonth, "storage, at the bytes that SQLite takes");
    }

    // The slope of the straight line through the logarithms.
    private static double Exponent(IEnumerable<(double Size, double Value)> points)
    {
        var logs = points.Select(point => (X: Math.Log(point.Size), Y: Math.Log(point.Value))).ToList();
        var (x, y) = (logs.Average(log => log.X), logs.Average(log => log.Y));
        return logs.Sum(log => (log.X - x) * (log.Y - y)) / logs.Sum(log => (log.X - x) * (log.X - x));
    }

    private async Task<IReadOnlyDictionary<string, double>> MeasureStepAsync(int size, CancellationToken cancellation)
    {
        var json = Path.GetTempFileName();
        try
        {
            var program = Environment.ProcessPath!;
            var start = new ProcessStartInfo(program);
            if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            {
                start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
            }

            string[] arguments = [ScaleStepCommand.CommandName, "--count", size.ToString(CultureInfo.InvariantCulture), "--json", json, .. IsQuick ? ["--quick"] : Array.Empty<string>()];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            start.RedirectStandardOutput = true;
            using var process = Process.Start(start)!;
            await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == ExitCode.Success ? await Figures.LoadAsync(json, cancellation) : throw new CommandException($"Measuring {size} articles failed.");
        }
        finally
        {
            File.Delete(json);
        }
    }
}
