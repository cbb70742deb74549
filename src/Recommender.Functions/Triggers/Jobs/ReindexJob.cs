using System.Globalization;
using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Triggers.Jobs;

/// <summary>Takes up what changed in a site, or makes all of its lists anew where that is needed, or completes a run that was begun.</summary>
internal sealed class ReindexJob(Reindexer reindexer, ReindexRuns runs) : IJob
{
    public string Name => "Reindex";

    public async Task RunAsync(Site site, Action<string> say, CancellationToken cancellation) =>
        await ExecuteAsync(site, await reindexer.StartAsync(site, cancellation), runs, say, cancellation);

    /// <summary>Works on a run and says how it ended.</summary>
    public static async Task ExecuteAsync(Site site, Run run, ReindexRuns runs, Action<string> say, CancellationToken cancellation)
    {
        var ended = await runs.ExecuteAsync(site, run.Id, cancellation);
        if (ended.Ended is null)
        {
            say(ended.State is RunState.Paused ? $"run {run.Id} is paused." : $"another process is at run {run.Id}.");
            return;
        }

        if (ended.State is RunState.Cancelled)
        {
            say($"run {run.Id} was cancelled.");
            return;
        }

        if (ended.State is not RunState.Succeeded)
        {
            throw new InvalidOperationException($"run {ended.Id}: {(ended.Errors.Count == 0 ? "it did not end well." : ended.Errors[^1])}");
        }

        say(string.Create(CultureInfo.InvariantCulture, $"run {ended.Id}: {ended.Articles} articles in {(ended.Ended - ended.Started)?.TotalSeconds:0.0} s."));
    }
}
