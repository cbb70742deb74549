using Recommender.Articles;
using Recommender.Changes;
using Recommender.Clicks;
using Recommender.Editorial;
using Recommender.Editorial.Publishing;
using Recommender.Reindexing;
using Recommender.Reporting;
using Recommender.Sites;

namespace Recommender.Functions.Triggers.Jobs;

/// <summary>Completes what processes that died had begun, and deletes what nobody needs any more.</summary>
internal sealed class SweepJob(Publisher publisher, OverrideStore overrides, PublicationStore publications, ChangeLog changes, ClickTable clicks, ListSurvey survey, RunTable table, ReindexRuns runs) : IJob
{
    public string Name => "Sweep";

    public async Task RunAsync(Site site, Action<string> say, CancellationToken cancellation)
    {
        var completed = await publisher.RecoverAsync(site, cancellation);
        await overrides.RecoverAsync(site, cancellation);
        await publications.RecoverAsync(site, cancellation);
        await changes.SweepAsync(site, cancellation);
        await clicks.SweepAsync(site, cancellation);
        await table.SweepAsync(site, cancellation);
        say($"swept; {completed} articles completed.");
        var report = await survey.RunAsync(site, cancellation);
        say($"looked at {report.Pages} lists; {report.Pages - report.Complete} of them are not complete.");
        if (await table.FindActiveAsync(site, cancellation) is { } run)
        {
            await ReindexJob.ExecuteAsync(site, run, runs, say, cancellation);
        }
    }
}
