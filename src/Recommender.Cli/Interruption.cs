using System.Runtime.InteropServices;

namespace Recommender.Cli;

/// <summary>Ctrl+C and the polite kill: the first asks the command to come to an end, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private const int ShellBase = 128;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What the process ends with when a signal stopped it.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Failure;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Stop(PosixSignalContext context, int number)
    {
        if (source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        ExitCode = ShellBase + number;
        source.Cancel();
    }
}
