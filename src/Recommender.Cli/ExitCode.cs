namespace Recommender.Cli;

/// <summary>What the process tells its caller. A signal that stops it gives 128 and its number, as shells have it.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>It could not be done, or not wholly.</summary>
    public const int Failure = 1;

    /// <summary>It was not asked for properly.</summary>
    public const int Usage = 2;
}
