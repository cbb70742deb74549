using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>How far a run is, told to whoever watches and written down, and the place where it hears what is asked of it.</summary>
internal sealed class RunProgress(Site site, Run run, RunTable runs, IProgress<Run>? watcher, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly DateTimeOffset begun = time.GetUtcNow();
    private readonly int doneBefore = run.Done;
    private volatile Run current = run;

    /// <summary>The run as it was told last.</summary>
    public Run Run => current;

    /// <summary>Comes to a stage. One that the run was in already is gone on with.</summary>
    public Task EnterAsync(RunStage stage, CancellationToken cancellation) =>
        current.Stage == stage && current.StageBegan is not null ? Task.CompletedTask
        : UpdateAsync(run => run with { Stage = stage, StageBegan = time.GetUtcNow() }, cancellation);

    /// <summary>Has done so many steps in all.</summary>
    public Task DoneAsync(int steps, CancellationToken cancellation)
    {
        var seconds = (time.GetUtcNow() - begun).TotalSeconds;
        var rate = seconds > 0 ? Math.Round((steps - doneBefore) / seconds, 1) : 0;
        return UpdateAsync(run => run with { Done = steps, Rate = rate }, cancellation);
    }

    /// <summary>Changes what is written of the run.</summary>
    /// <exception cref="RunStoppedException">Somebody asked it to stop.</exception>
    public async Task UpdateAsync(Func<Run, Run> change, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            current = await runs.UpdateAsync(site, current.Id, change, cancellation) ?? current;
            watcher?.Report(current);
        }
        finally
        {
            gate.Release();
        }

        if (current.Wish is not null || current.Ended is not null)
        {
            throw new RunStoppedException();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();
}

/// <summary>Somebody asked a run to stop.</summary>
internal sealed class RunStoppedException : Exception;
