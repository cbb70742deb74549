using System.Collections.Concurrent;
using Recommender.Reindexing.Stages;

namespace Recommender.Reindexing;

/// <summary>Has all blocks of a stage worked on: by this process, several at a time, and by those who take up the offer. It is done when none is left, whoever did them.</summary>
internal sealed class BlockWork(RunBlockTable blocks, IWorkQueue queue, TimeProvider time)
{
    private const string LeaderPrefix = "leader ";

    // While one is written, the next is computed.
    private const int AtATime = 2;

    // Who helps has to stop writing before another may begin.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Works as the leader, whose fence is greater than that of all leaders before it.</summary>
    public async Task LeadAsync(RunContext run, IBlockStage stage, long fence, CancellationToken cancellation)
    {
        var all = await blocks.AllAsync(run.Site, run.RunId, cancellation);
        var before = StepsBefore(stage.Stage) * all.Sum(block => block.Ids.Count);

        // Sizes of those that are done and that this process knows of: what was done before it began, its index has.
        var done = new ConcurrentDictionary<int, int>(all.Where(block => block.Done >= stage.Stage).Select(block => KeyValuePair.Create(block.Number, block.Ids.Count)));
        var leader = $"{LeaderPrefix}{fence}";
        var isOffered = false;
        while (true)
        {
            await HearAsync(all);
            await run.Progress!.DoneAsync(before + done.Values.Sum(), cancellation);
            var open = all.Where(block => block.Done < stage.Stage).Select(block => block.Number).ToList();
            if (open.Count == 0)
            {
                return;
            }

            if (!isOffered)
            {
                await queue.OfferAsync(run.Site, run.RunId, stage.Stage, open, cancellation);
                isOffered = true;
            }

            var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation };
            await Parallel.ForEachAsync(open, options, async (number, token) =>
            {
                if (await blocks.TryTakeAsync(run.Site, run.RunId, number, stage.Stage, leader, null, other => IsEarlierLeader(other) || ProcessName.IsGone(other), token) is { } block
                    && await WorkAsync(run, stage, block, token))
                {
                    done[number] = block.Ids.Count;
                    await run.Progress.DoneAsync(before + done.Values.Sum(), token);
                }
            });
            all = await blocks.AllAsync(run.Site, run.RunId, cancellation);
            if (all.Any(block => block.Done < stage.Stage))
            {
                // Others are at them.
                await Task.Delay(LookInterval, time, cancellation);
            }
        }

        async Task HearAsync(IReadOnlyList<RunBlock> stored)
        {
            foreach (var block in stored.Where(block => block.Done >= stage.Stage))
            {
                if (done.TryAdd(block.Number, block.Ids.Count))
                {
                    await stage.HearAsync(run, block.Ids, cancellation);
                }
            }
        }
    }

    /// <summary>Works on one block that was offered. False when that is done, or somebody is at it.</summary>
    /// <exception cref="TimeoutException">It took too long, and another may have begun.</exception>
    public async Task<bool> HelpAsync(RunContext run, IBlockStage stage, int number, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + RunBlockTable.Term;
        if (await blocks.TryTakeAsync(run.Site, run.RunId, number, stage.Stage, ProcessName.New(), until, ProcessName.IsGone, cancellation) is not { } block)
        {
            return false;
        }

        using var late = new CancellationTokenSource(RunBlockTable.Term - Margin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await WorkAsync(run, stage, block, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Block {number} ({block.Name}) was not done in {RunBlockTable.Term - Margin}.");
        }
    }

    private static bool IsEarlierLeader(string worker) => worker.StartsWith(LeaderPrefix, StringComparison.Ordinal);

    private static int StepsBefore(RunStage stage) => stage switch { RunStage.Terms => 0, RunStage.Places => 1, _ => 2 };

    private async Task<bool> WorkAsync(RunContext run, IBlockStage stage, RunBlock block, CancellationToken cancellation)
    {
        await stage.WorkAsync(run, block.Ids, cancellation);
        return await blocks.CompleteAsync(run.Site, run.RunId, block, stage.Stage, cancellation);
    }
}
