using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Recommender.Cli;

namespace Recommender.Benchmarks.Starting;

/// <summary>A web application as it is shipped: with its runtime, and compiled ahead for it.</summary>
internal sealed class PublishedProgram : IDisposable
{
    private const string Solution = "Recommender.sln";

    // Below those that the system hands out, lest a client that tries again and again meets itself.
    private const int FirstPort = 20_000;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-published-");
    private readonly string name;

    private PublishedProgram(string project) => name = Path.GetFileName(project);

    /// <summary>Publishes a project.</summary>
    /// <param name="project">Its folder, from the root of the repository.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<PublishedProgram> PublishAsync(string project, CancellationToken cancellation)
    {
        var program = new PublishedProgram(project);
        var start = new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishReadyToRun=true", "-o", program.folder.FullName, "-v", "quiet", "--nologo"])
        {
            WorkingDirectory = Root(),
            RedirectStandardOutput = true,
        };
        using var publishing = Process.Start(start)!;
        var said = await publishing.StandardOutput.ReadToEndAsync(cancellation);
        await publishing.WaitForExitAsync(cancellation);
        return publishing.ExitCode == 0 ? program : throw new CommandException($"{project} could not be published: {said}");
    }

    /// <summary>Starts it, asks until it answers, and ends it: seconds from before the process was started until the whole answer was here.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="target">Path and query to ask for.</param>
    /// <param name="isRight">Whether an answer is one that a reader should get.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CommandException">The answer is not right, or there is none.</exception>
    public async Task<double> FirstAnswerAsync(IEnumerable<KeyValuePair<string, string?>> settings, string target, Func<string, bool> isRight, CancellationToken cancellation)
    {
        await using var program = Start(settings);
        var answer = await program.AskAsync(target, cancellation);
        var took = program.Age;
        return isRight(answer) ? took.TotalSeconds : throw new CommandException($"Unexpected answer: {answer}");
    }

    /// <summary>Starts it at a port of its own.</summary>
    /// <param name="settings">Its settings.</param>
    public RunningProgram Start(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var server = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo(Path.Combine(folder.FullName, name), [$"--urls={server}", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        foreach (var variable in start.Environment.Keys.Where(variable => variable.StartsWith("DOTNET_", StringComparison.Ordinal) || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        return new RunningProgram(server, start);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private static int FreePort()
    {
        for (var port = FirstPort; ; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new CommandException($"There is no {Solution} above {AppContext.BaseDirectory}, so nothing can be published.");
    }
}
