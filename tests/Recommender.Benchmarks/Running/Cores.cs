using System.Diagnostics;
using System.Globalization;

namespace Recommender.Benchmarks.Running;

/// <summary>Keeps what is measured and what measures on cores of their own, where the machine has two and <c>taskset</c>; so the one that measures takes no time from the other.</summary>
internal static class Cores
{
    private const string Tool = "/usr/bin/taskset";
    private const string Measured = "0";

    /// <summary>Whether they are kept apart.</summary>
    public static bool AreApart { get; } = File.Exists(Tool) && Environment.ProcessorCount > 1;

    /// <summary>Has a process run on the core of what is measured.</summary>
    public static ProcessStartInfo Apart(this ProcessStartInfo start)
    {
        if (!AreApart)
        {
            return start;
        }

        var apart = new ProcessStartInfo(Tool, ["-c", Measured, start.FileName, .. start.ArgumentList]);
        foreach (var (name, value) in start.Environment)
        {
            apart.Environment[name] = value;
        }

        return apart;
    }

    /// <summary>Takes this process off that core.</summary>
    public static async Task LeaveAsync(CancellationToken cancellation)
    {
        if (AreApart)
        {
            using var tool = Process.Start(new ProcessStartInfo(Tool, ["-a", "-p", "-c", $"1-{(Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture)}", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
            })!;
            await tool.StandardOutput.ReadToEndAsync(cancellation);
            await tool.WaitForExitAsync(cancellation);
        }
    }
}
