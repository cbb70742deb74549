namespace Recommender.Reindexing.Stages;

/// <summary>A stage of a run. Doing it again, in whole or in part, changes nothing.</summary>
internal interface IRunStage
{
    /// <summary>Which it is.</summary>
    RunStage Stage { get; }

    /// <summary>Does what is to be done once; in a process that helps with blocks, what they need.</summary>
    Task BeginAsync(RunContext run, CancellationToken cancellation);
}

/// <summary>A stage that goes block by block, in several processes at a time.</summary>
internal interface IBlockStage : IRunStage
{
    /// <summary>Works on a block's articles, those of them that are still there.</summary>
    Task WorkAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <summary>Hears that another process is done with a block's articles.</summary>
    Task HearAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <summary>Does what is left to do after the last block.</summary>
    Task EndAsync(RunContext run, CancellationToken cancellation) => Task.CompletedTask;
}
