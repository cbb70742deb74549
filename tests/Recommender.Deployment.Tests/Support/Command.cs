using System.Diagnostics;

namespace Recommender.Deployment.Tests.Support;

/// <summary>A program run to its end.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it complained of.</param>
internal sealed record Command(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs it in the repository's root.</summary>
    public static Task<Command> RunAsync(string program, params string[] arguments) => RunAsync(new Dictionary<string, string?>(), program, arguments);

    /// <summary>Runs it in the repository's root with some of the environment changed; null takes a variable away.</summary>
    public static async Task<Command> RunAsync(IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(limit.Token);
        return new Command(process.ExitCode, await output, await errors);
    }

    /// <summary>The same, which went well.</summary>
    public Command Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Output}{Errors}");
        return this;
    }
}
