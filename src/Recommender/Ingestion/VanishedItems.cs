using Recommender.Articles;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Items that were in a feed and are not any more.</summary>
internal sealed class VanishedItems(
    Site site, string feed, LoadedFeed loaded, KnownItems known, Publisher publisher, PageSource pages, PageBudget budget, IngestionOptions options)
{
    /// <summary>Documents that are to be read again.</summary>
    public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be found out.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Deals with known items that the feed does not name any more: of a complete sitemap they are asked for, of any other feed they are just old.</summary>
    /// <param name="plan">What the feed has now.</param>
    /// <param name="before">Items that were known before the poll.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Articles that were unpublished.</returns>
    public async Task<int> DealWithAsync(FeedPlan plan, int before, CancellationToken cancellation)
    {
        var removed = 0;
        var vanished = known.Urls.Where(url => known.TryGet(url, out var item) && !plan.Has(url, item, loaded)).ToList();
        if (!loaded.HasSitemap)
        {
            vanished.ForEach(known.Remove);
        }
        else if (!loaded.IsComplete)
        {
            vanished.ForEach(Reopen);
        }
        else if (vanished.Count > 0)
        {
            if (vanished.Count > FeedPoller.HarmlessVanishing && vanished.Count > options.MaxVanishing * before)
            {
                Errors.Add($"{vanished.Count} of {before} pages have vanished from {feed}, too many to believe; none is unpublished. If it is right, raise "
                    + $"{IngestionOptions.Section}:{nameof(IngestionOptions.MaxVanishing)}.");
                vanished.ForEach(Reopen);
                return 0;
            }

            foreach (var url in vanished)
            {
                removed += await IsGoneAsync(url, cancellation) ? 1 : 0;
            }
        }

        return removed;
    }

    private async Task<bool> IsGoneAsync(string url, CancellationToken cancellation)
    {
        known.TryGet(url, out var item);
        if (item?.Id is not { } id || await publisher.GetAsync(site, id, cancellation) is not { } article)
        {
            known.Remove(url);
            return false;
        }

        if (!budget.TryTake())
        {
            Reopen(url);
            return false;
        }

        try
        {
            var page = await pages.ProbeAsync(site, new Uri(article.Url), cancellation);
            var hasMoved = CanonicalUrl.TryParse(page.Address.AbsoluteUri, out var moved) && moved != article.Url && (known.TryGet(moved, out _) || page.Address.AbsolutePath == "/");
            var isGone = (page.Status == FetchStatus.Gone || hasMoved) && await publisher.UnpublishAsync(site, id, cancellation);
            known.Remove(url);
            return isGone;
        }
        catch (FetchException failure)
        {
            Errors.Add(failure.Message);
            if (failure.IsTransient)
            {
                Reopen(url);
            }
            else
            {
                known.Remove(url);
            }

            return false;
        }
    }

    /// <summary>Has the document that named an item read again, lest the item counts as still in it.</summary>
    private void Reopen(string url)
    {
        if (known.TryGet(url, out var item))
        {
            Open.Add(item.Source);
        }
    }
}
