using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The application as <c>dotnet run</c> starts it in Development, in a directory of its own: its settings, its store, its key, a free port.</summary>
internal sealed partial class CourierProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly string folder = Directory.CreateTempSubdirectory("courier-").FullName;
    private readonly StringBuilder log = new();
    private readonly TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private CourierProcess()
    {
        foreach (var settings in Directory.GetFiles(Path.Combine(RepositoryRoot(), "src", "Recommender.Functions"), "appsettings*.json"))
        {
            File.Copy(settings, Path.Combine(folder, Path.GetFileName(settings)));
        }

        process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Recommender.Functions.dll"), "--urls", "http://127.0.0.1:0" },
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Development",
                    ["Recommender__Sites__courier__AllowedOrigins__0"] = "*",
                    ["Recommender__Sites__silent__Name"] = "A paper that has published nothing",
                    ["Recommender__Sites__silent__AllowedOrigins__0"] = "*",
                },
            },
        };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The key with every scope that a developer gets.</summary>
    public string Key => File.ReadAllText(Path.Combine(folder, ".store", "development.key")).Trim();

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<CourierProcess> StartAsync()
    {
        var courier = new CourierProcess();
        courier.process.Start();
        courier.process.BeginOutputReadLine();
        courier.process.BeginErrorReadLine();
        try
        {
            var exited = courier.process.WaitForExitAsync();
            var first = await Task.WhenAny(courier.listening.Task, exited, Task.Delay(StartLimit));
            courier.Address = first == courier.listening.Task ? await courier.listening.Task : throw new InvalidOperationException($"The application did not start.\n{courier.Log()}");
            return courier;
        }
        catch
        {
            await courier.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill(this, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Read(string? line)
    {
        lock (log)
        {
            log.AppendLine(line);
        }

        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(match.Groups[1].Value);
        }
    }

    private string Log()
    {
        lock (log)
        {
            return log.ToString();
        }
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
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

    [GeneratedRegex(@"listening on (http://\S+)")]
    private static partial Regex Listening();
}
