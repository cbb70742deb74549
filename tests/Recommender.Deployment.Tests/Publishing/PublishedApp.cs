using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Recommender.Deployment.Tests.Support;

namespace Recommender.Deployment.Tests.Publishing;

/// <summary>The application as <c>dotnet publish</c> lays it out, once for all tests of a class.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("more-stories-published-");

    /// <summary>The folder that a Functions host would run.</summary>
    public string Folder => Path.Combine(temporary.FullName, "app");

    public async Task InitializeAsync() =>
        (await Command.RunAsync("dotnet", "publish", "src/Recommender.Functions", "-c", "Release", "-o", Folder, "-v", "quiet", "--nologo")).Succeeded();

    public Task DisposeAsync()
    {
        temporary.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts it as the Functions host does, on a store of its own.</summary>
    internal Task<Handler> StartAsync(params (string Name, string Value)[] settings) => Handler.StartAsync(Folder, Path.Combine(temporary.FullName, $"{Path.GetRandomFileName()}.db"), settings);
}

/// <summary>The published program as a custom handler.</summary>
internal sealed class Handler : IAsyncDisposable
{
    /// <summary>A key that may do everything.</summary>
    public const string Key = "a key for tests";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder log = new();

    private Handler(Process process, int port)
    {
        (this.process, Port) = (process, port);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Talks to it.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<Handler> StartAsync(string folder, string store, (string Name, string Value)[] settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(folder, "Recommender.Functions")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // Nothing of this machine's .NET is there on the platform's custom image.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_ROOT"] = "/nowhere";
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}";
        start.Environment["Recommender__Store"] = $"sqlite:{store}";
        start.Environment["Recommender__Sites__gazette__Name"] = "The Gazette";
        start.Environment["Access__Keys__0__Name"] = "tests";
        start.Environment["Access__Keys__0__Hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        start.Environment["Access__Keys__0__Scopes__0"] = "articles";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var handler = new Handler(Process.Start(start)!, port);
        var started = Stopwatch.GetTimestamp();
        while (!await handler.IsReadyAsync())
        {
            if (handler.process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                await handler.DisposeAsync();
                Assert.Fail($"It did not start: {handler.log}");
            }

            await Task.Delay(50);
        }

        return handler;
    }

    /// <summary>Ends it as a Functions host does (SIGTERM) and says how it ended and how long that took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        (await Command.RunAsync("kill", "-TERM", $"{process.Id}")).Succeeded();
        using var patience = new CancellationTokenSource(limit);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Client.Dispose();
    }

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/api/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Log(string? line)
    {
        lock (log)
        {
            log.AppendLine(line);
        }
    }
}
