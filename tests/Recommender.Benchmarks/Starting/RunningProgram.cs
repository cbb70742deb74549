using System.Diagnostics;
using Recommender.Cli;

namespace Recommender.Benchmarks.Starting;

/// <summary>A web application that runs in a process of its own until it is disposed of.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(1);
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly Process process;

    /// <summary>Starts it.</summary>
    public RunningProgram(Uri address, ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Talks to it.</summary>
    public HttpClient Client { get; }

    /// <summary>Time since before it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(begun);

    /// <summary>Bytes of memory that it has now.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Asks until it answers.</summary>
    /// <exception cref="CommandException">It does not start.</exception>
    public async Task<string> AskAsync(string target, CancellationToken cancellation)
    {
        while (Age < Limit && !process.HasExited)
        {
            try
            {
                return await Client.GetStringAsync(new Uri(target, UriKind.Relative), cancellation);
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError)
            {
                await Task.Delay(BetweenTries, cancellation);
            }
        }

        throw new CommandException($"{Path.GetFileName(process.StartInfo.FileName)} did not start.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Client.Dispose();
    }
}
