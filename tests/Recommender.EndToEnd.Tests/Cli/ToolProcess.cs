using System.Diagnostics;
using System.Text;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>The tool as a process of its own, its three streams piped.</summary>
internal sealed class ToolProcess : IDisposable
{
    // Ends a process that hangs; 20,000 articles take a quarter of an hour. A test that does nothing for ten minutes, tests/run.sh ends sooner.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);
    private readonly Process process;
    private readonly Task<string> errors;

    private ToolProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its standard output.</summary>
    public StreamReader Output => process.StandardOutput;

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<ToolResult> RunAsync(IReadOnlyDictionary<string, string> environment, string? input, params IEnumerable<string> arguments)
    {
        using var tool = Start(environment, arguments);
        var output = tool.Output.ReadToEndAsync();
        if (input is not null)
        {
            await tool.process.StandardInput.WriteAsync(input);
        }

        tool.process.StandardInput.Close();
        return await tool.EndAsync(output);
    }

    /// <summary>Starts a command line.</summary>
    public static ToolProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "more-stories.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Gives it something to read, and leaves its input open.</summary>
    public async Task WriteAsync(string input)
    {
        await process.StandardInput.WriteAsync(input).WaitAsync(Limit);
        await process.StandardInput.FlushAsync().WaitAsync(Limit);
    }

    /// <summary>The next line of its output; null at the end.</summary>
    public Task<string?> ReadLineAsync() => Output.ReadLineAsync().WaitAsync(Limit);

    /// <summary>Waits for its end.</summary>
    public async Task<ToolResult> EndAsync(Task<string> output)
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return new ToolResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
    public void Kill() => process.Kill();

    /// <summary>Ends it as Ctrl+C would (SIGINT).</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}

/// <summary>What a run of the tool came to.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Lines of standard output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lines of standard error.</summary>
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same result, which was a success.</summary>
    public ToolResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Errors}");
        return this;
    }
}
