using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.MoreStories;

namespace Recommender.Benchmarks.Reading;

/// <summary>This program as <see cref="ServeCommand"/>, in a process of its own with the collector that web applications have.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Longer than it waits after the first page before it reads more, and than between two ranges of what it reads.
    private static readonly TimeSpan Quiet = 2 * RecentCards.Settling;

    private readonly Process process;
    private readonly StringBuilder log = new();

    private ServerProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                log.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Where the application is.</summary>
    public Uri Application { get; private set; } = null!;

    /// <summary>Where the bare server is.</summary>
    public Uri Bare { get; private set; } = null!;

    /// <summary>Starts it over a store.</summary>
    public static async Task<ServerProcess> StartAsync(string store)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        start.ArgumentList.Add(ServeCommand.CommandName);
        start.ArgumentList.Add(store);
        start.Environment["DOTNET_gcServer"] = "1";
        start = start.Apart();
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var server = new ServerProcess(Process.Start(start)!);
        var addresses = (await server.ReadAsync()).Split(' ');
        (server.Application, server.Bare) = (new Uri(addresses[0]), new Uri(addresses[1]));
        return server;
    }

    /// <summary>Has the bare server give what the application has at a target.</summary>
    public Task CopyAsync(string target) => AskAsync(ServeCommand.Copy + target);

    /// <summary>What was asked of the store so far.</summary>
    public async Task<(int PointReads, int Others)> CallsAsync()
    {
        var counts = (await AskAsync(ServeCommand.Calls)).Split(' ');
        return (int.Parse(counts[0], CultureInfo.InvariantCulture), int.Parse(counts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Asks for a page, and waits until the application asks no more of the store in the background.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        using var reader = ReaderConnection.Open(Application, HotPage.Request(HotPage.Target(0)));
        var (last, quiet) = (await CallsAsync(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(quiet) < Quiet)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            reader.Ask();
            if (await CallsAsync() is var calls && calls != last)
            {
                (last, quiet) = (calls, Stopwatch.GetTimestamp());
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<string> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    private async Task<string> ReadAsync() => await process.StandardOutput.ReadLineAsync() ?? throw new CommandException($"The servers ended: {log}");
}
