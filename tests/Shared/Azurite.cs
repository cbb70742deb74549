using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Recommender.Testing;

/// <summary>The emulator of Azure Storage, from <c>tests/node_modules</c>: its tables, or its queues, one process on a free loopback port.</summary>
internal sealed class Azurite : IAsyncDisposable
{
    private const string Account = "morestories";
    private const string Tables = "table";
    private const string Queues = "queue";
    private static readonly string Key = Convert.ToBase64String(Encoding.ASCII.GetBytes("the key of an emulator on loopback, 64 bytes with what follows it"));
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private Azurite(Process process, int port, string service)
    {
        this.process = process;
        AppDomain.CurrentDomain.ProcessExit += Kill;
        Endpoint = $"http://127.0.0.1:{port}/{Account}";
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};{(service == Tables ? "TableEndpoint" : "QueueEndpoint")}={Endpoint};";
    }

    /// <summary>Where the account's tables or queues are.</summary>
    public string Endpoint { get; }

    /// <summary>What a client connects with.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it can be started.</summary>
    public static bool IsInstalled => File.Exists(Script(Tables));

    private static string Modules => Path.Combine(RepositoryRoot(), "tests", "node_modules");

    /// <summary>Skips the running test when the emulator is not installed; fails it where it has to be, as on CI.</summary>
    public static void SkipUnlessInstalled()
    {
        if (IsInstalled)
        {
            return;
        }

        const string Reason = "Azurite is not installed: run tests/run.sh, which installs what the tests need.";
        var required = Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("MORE_STORIES_REQUIRE_AZURITE") == "1";
        Assert.False(required, Reason);
        Skip.If(true, Reason);
    }

    /// <summary>Starts an emulator of tables and waits until it answers.</summary>
    /// <param name="location">A directory to keep tables in; in memory when not given.</param>
    public static Task<Azurite> StartAsync(string? location = null) => StartAsync(Tables, location);

    /// <summary>Starts an emulator of queues, in memory, and waits until it answers.</summary>
    public static Task<Azurite> StartQueuesAsync() => StartAsync(Queues, null);

    private static async Task<Azurite> StartAsync(string service, string? location)
    {
        const int Tries = 3;
        for (var attempt = 1; ; attempt++)
        {
            // Somebody else may take the port between here and the emulator's start, hence the tries.
            var azurite = new Azurite(Launch(service, FreePort(), location, out var port), port, service);
            if (await azurite.AnswersAsync())
            {
                return azurite;
            }

            await azurite.DisposeAsync();
            if (attempt == Tries)
            {
                throw new InvalidOperationException($"Azurite did not answer on {azurite.Endpoint}. Run it by hand: node {Script(service)}");
            }
        }
    }

    /// <summary>A loopback port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill(this, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Script(string service) => Path.Combine(Modules, $"azurite/dist/src/{service}/main.js");

    private static Process Launch(string service, int free, string? location, out int port)
    {
        port = free;
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" },
            ArgumentList =
            {
                Script(service),
                $"--{service}Host", "127.0.0.1", $"--{service}Port", $"{port}", "--disableTelemetry", "--skipApiVersionCheck", "--silent",
            },
        };
        start.ArgumentList.Add(location is null ? "--inMemoryPersistence" : "--location");
        if (location is not null)
        {
            start.ArgumentList.Add(location);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("Node did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recommender.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (!process.HasExited && Stopwatch.GetElapsedTime(started) < StartLimit)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Endpoint + "?comp=list"));
                return !process.HasExited;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
