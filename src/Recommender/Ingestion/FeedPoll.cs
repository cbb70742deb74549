using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Recommender.Articles;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>One poll of one feed, after it was loaded: publishes what is new or changed, with the help of its pages, and unpublishes what is gone.</summary>
internal sealed class FeedPoll(
    Site site, LoadedFeed loaded, KnownItems known, Publisher publisher, PageSource pages, FeedTable table, string feed, IngestionOptions options, TimeProvider time)
{
    private const int ItemsPerSave = 64;

    // Four minutes, then three times as long each time: a page that cannot be fetched for five attempts is left to the feed's own words.
    private const int MaxAttempts = 5;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(4);

    private readonly PageBudget budget = new(options, time);
    private readonly ConcurrentQueue<(PlannedItem Item, Treatment Treatment)> published = new();
    private readonly ConcurrentQueue<(PlannedItem Item, Treatment Treatment)> unpublished = new();
    private readonly ConcurrentQueue<string> errors = new();
    private int created;
    private int updated;
    private int removed;

    /// <summary>Documents with items that are not dealt with yet.</summary>
    public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs the poll; when it returns, everything is published and remembered but the feed's validators.</summary>
    public async Task<FeedPollResult> RunAsync(CancellationToken cancellation)
    {
        var before = known.Count;
        var plan = FeedPlan.Of(loaded, known, time.GetUtcNow());
        Open.UnionWith(plan.Waiting);
        var settled = 0;
        await foreach (var result in publisher.ImportAsync(site, PrepareAsync(plan, cancellation), cancellation))
        {
            published.TryDequeue(out var next);
            Count(next.Item, result);
            Settle(next.Item, next.Treatment, result.Id);
            if (++settled % ItemsPerSave == 0)
            {
                await table.SaveAsync(site, feed, known, cancellation);
            }
        }

        await SettleUnpublishedAsync(cancellation);
        var vanished = new VanishedItems(site, feed, loaded, known, publisher, pages, budget, options);
        removed += await vanished.DealWithAsync(plan, before, cancellation);
        Open.UnionWith(vanished.Open);
        await table.SaveAsync(site, feed, known, cancellation);
        return new FeedPollResult
        {
            Feed = feed,
            Items = loaded.Entries.Count,
            Created = created,
            Updated = updated,
            Removed = removed,
            Errors = [.. loaded.Errors.Concat(plan.Errors).Concat(errors).Concat(vanished.Errors).Take(FeedPoller.MaxErrors)],
        };
    }

    private async IAsyncEnumerable<ArticleInput> PrepareAsync(FeedPlan plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var item in plan.Items)
        {
            if (item.Input.Title is null && budget.IsSpent)
            {
                unpublished.Enqueue((item, Treatment.Later));
                continue;
            }

            var existing = item.Known?.Id is { } id ? await publisher.GetAsync(site, id, cancellation) : await FindAsync(item.Url, cancellation);
            var treatment = Treatment.Done;
            ArticleInput? page = null;
            if (ArticleCompletion.NeedsPage(item.Input, existing, item.IsStale, options.FullText) && HostRules.Allows(site, new Uri(item.Url)))
            {
                (treatment, page) = await FetchPageAsync(item, cancellation);
                existing = page?.Url is { } address && await FindAsync(address, cancellation) is { } other ? other : existing;
            }

            if (treatment == Treatment.Gone || (page is null && item.Input.Title is null && existing is null))
            {
                unpublished.Enqueue((item, treatment));
                continue;
            }

            var merged = ArticleCompletion.Merge(item.Input, page, existing, options.FullText);
            published.Enqueue((item, treatment));
            yield return Identify(merged, page is not null, existing);
        }
    }

    // An article that is known under the feed's address keeps its id when its page names another, and that address when its page was not asked.
    private static ArticleInput Identify(ArticleInput merged, bool hasPage, Article? existing) =>
        existing is null ? merged : merged with { Id = existing.Id, Url = hasPage ? merged.Url : existing.Url };

    private async Task<(Treatment Treatment, ArticleInput? Page)> FetchPageAsync(PlannedItem item, CancellationToken cancellation)
    {
        if (!budget.TryTake())
        {
            return (Treatment.Later, null);
        }

        try
        {
            var page = await pages.ReadAsync(site, new Uri(item.Input.Url!), cancellation);
            if (page.Input is null && page.Status != FetchStatus.Gone && item.Input.Title is null)
            {
                errors.Enqueue($"{item.Url}: The page holds no article.");
            }

            return (page.Status == FetchStatus.Gone ? Treatment.Gone : Treatment.Done, page.Input);
        }
        catch (FetchException failure)
        {
            errors.Enqueue(failure.Message);
            return (failure.IsTransient ? Treatment.Again : Treatment.Done, null);
        }
    }

    private async Task<Article?> FindAsync(string url, CancellationToken cancellation) =>
        await publisher.FindAsync(site, url, cancellation) is { } id ? await publisher.GetAsync(site, id, cancellation) : null;

    private void Count(PlannedItem item, PublishResult result)
    {
        created += result.Outcome == PublishOutcome.Created ? 1 : 0;
        updated += result.Outcome == PublishOutcome.Updated ? 1 : 0;
        foreach (var error in result.Errors)
        {
            errors.Enqueue($"{item.Url}: {error.Message}");
        }
    }

    private void Settle(PlannedItem item, Treatment treatment, string? id)
    {
        var attempts = item.Attempts + (treatment is Treatment.Again or Treatment.Gone ? 1 : 0);
        var now = time.GetUtcNow();
        DateTimeOffset? retryAt = treatment switch
        {
            Treatment.Later => DateTimeOffset.UnixEpoch,
            Treatment.Again or Treatment.Gone when attempts < MaxAttempts => now + (FirstRetry * Math.Pow(3, attempts - 1)),
            _ => null,
        };
        if (retryAt is not null)
        {
            Open.Add(item.Source);
        }

        known.Set(item.Url, new KnownItem
        {
            Fingerprint = item.Fingerprint,
            Id = id ?? (treatment == Treatment.Gone ? null : item.Known?.Id),
            Source = item.Source,
            Attempts = attempts,
            RetryAt = retryAt,
            Checked = treatment == Treatment.Later ? item.Known?.Checked ?? default : now,
        });
    }

    private async Task SettleUnpublishedAsync(CancellationToken cancellation)
    {
        foreach (var (item, treatment) in unpublished)
        {
            if (treatment == Treatment.Gone)
            {
                await UnpublishAsync(item.Url, item.Known?.Id, cancellation);
            }

            Settle(item, treatment, null);
        }
    }

    private async Task UnpublishAsync(string url, string? knownId, CancellationToken cancellation)
    {
        var id = knownId ?? await publisher.FindAsync(site, url, cancellation);
        removed += id is not null && await publisher.UnpublishAsync(site, id, cancellation) ? 1 : 0;
    }

    private enum Treatment
    {
        Done,
        Later,
        Again,
        Gone,
    }
}
