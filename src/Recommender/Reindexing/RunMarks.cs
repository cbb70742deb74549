using System.Text.Json;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Reindexing.Placing;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>
/// Knows what the last run left to do. Articles that came since then are told in the log of changes, and to go by that is enough where they are few, everything is made in the way of before, and the log
/// reaches back that far; else all is to be made anew. A small site always is: that takes seconds.
/// </summary>
internal sealed class RunMarks(ModelTable models, ChangeLog log, PlacingRuns placings)
{
    /// <summary>Fewest articles of a site whose runs go by what changed.</summary>
    public const int FewestArticles = 2_000;

    /// <summary>When this share of articles came or changed since all was made anew, what was learned of them is out of date.</summary>
    public const double MostChanged = 0.1;

    private const string ModelName = "last-run";

    /// <summary>Ids of the articles that a run is to take up, those that are gone among them; null when it is to take up all.</summary>
    public async Task<IReadOnlyCollection<string>?> OpenAsync(Site site, SimilarityIndex index, CancellationToken cancellation)
    {
        if (index.Count < FewestArticles || await GetAsync(site, cancellation) is not { } mark || mark.Placing != await placings.NameAsync(site, cancellation)
            || await log.TrySinceAsync(site, mark.Through, cancellation) is not { } told)
        {
            return null;
        }

        var changed = told.Where(entry => !entry.Change.ByRun).SelectMany(entry => entry.Change.Articles).ToHashSet(StringComparer.Ordinal);
        return mark.Changed + changed.Count > MostChanged * mark.Articles ? null : changed;
    }

    /// <summary>Says that a run began to make all anew: when it does not come to its end, the next has to.</summary>
    public Task DeleteAsync(Site site, CancellationToken cancellation) => models.DeleteAsync(site, ModelName, cancellation);

    /// <summary>Says that a run has taken up what it was to. One at which something went wrong has not.</summary>
    public async Task PutAsync(Site site, SimilarityIndex index, Run run, CancellationToken cancellation)
    {
        var before = run.Scope is RunScope.Changed ? await GetAsync(site, cancellation) : null;
        if (run.Errors.Count > 0 || (before is null && run.Scope is RunScope.Changed))
        {
            return;
        }

        var mark = new RunMark
        {
            Format = RunMark.CurrentFormat,
            Placing = await placings.NameAsync(site, cancellation),
            Through = run.ListsBegan!.Value,
            Articles = before?.Articles ?? index.Count,
            Changed = before is null ? 0 : before.Changed + run.Articles,
        };
        await models.PutAsync(site, ModelName, JsonSerializer.SerializeToUtf8Bytes(mark, EngineJson.Default.RunMark), cancellation);
    }

    private async Task<RunMark?> GetAsync(Site site, CancellationToken cancellation)
    {
        try
        {
            return await models.GetAsync(site, ModelName, cancellation) is { } bytes && JsonSerializer.Deserialize(bytes, EngineJson.Default.RunMark) is { Format: RunMark.CurrentFormat } mark ? mark : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            // As good as none.
            return null;
        }
    }
}
