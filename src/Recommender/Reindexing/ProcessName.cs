using System.Diagnostics;
using System.Security.Cryptography;

namespace Recommender.Reindexing;

/// <summary>Names holders of leases so that one whose process is gone from this machine is known as such.</summary>
public static class ProcessName
{
    // Processes see each other only within one namespace, as containers of one machine have each their own.
    private static readonly string Machine = $"{Environment.MachineName}:{Namespace()}";

    /// <summary>A name for a holder in this process, unlike every other.</summary>
    public static string New() => $"{Machine}:{Environment.ProcessId}:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    /// <summary>Whether a holder's process was on this machine and is not there any more. False for one that cannot be seen from here.</summary>
    public static bool IsGone(string name)
    {
        if (!name.StartsWith(Machine + ':', StringComparison.Ordinal) || !int.TryParse(name.AsSpan(Machine.Length + 1).ToString().Split(':')[0], out var id))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private static string Namespace()
    {
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget?.Trim('[', ']').Split('[')[^1] ?? "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
