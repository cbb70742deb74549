using System.Collections.Concurrent;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Similarity.Packs;
using Recommender.Sites;
using Recommender.Text;
using Recommender.Threads;

namespace Recommender.Similarity;

/// <summary>The similarity index of each site in this process: loaded when first needed, as a run kept it or else from all articles; then kept true by the change log.</summary>
public sealed class SiteIndexes(ArticleTable articles, ModelTable models, IndexPacks packs, TimeProvider time) : IChangeObserver
{
    private const string ModelName = "terms";

    private readonly ConcurrentDictionary<string, Loading> indexes = new(StringComparer.Ordinal);

    /// <summary>The site's index.</summary>
    public async Task<SimilarityIndex> GetAsync(Site site)
    {
        var loading = indexes.GetOrAdd(site.Id, _ => new Loading(time.GetUtcNow(), new Lazy<Task<SimilarityIndex>>(() => LoadAsync(site))));
        try
        {
            return await loading.Index.Value;
        }
        catch
        {
            indexes.TryRemove(KeyValuePair.Create(site.Id, loading));
            throw;
        }
    }

    /// <summary>The site's index as it is stored at an instant or later: loaded again where that of this process is older. Called within the site's gate.</summary>
    public Task<SimilarityIndex> RefreshAsync(Site site, DateTimeOffset instant)
    {
        if (indexes.TryGetValue(site.Id, out var loading) && loading.Begun < instant)
        {
            indexes.TryRemove(KeyValuePair.Create(site.Id, loading));
        }

        return GetAsync(site);
    }

    /// <inheritdoc/>
    public async ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        if (own || !indexes.TryGetValue(site.Id, out var loading))
        {
            return;
        }

        if (change.Everything)
        {
            indexes.TryRemove(site.Id, out _);
            return;
        }

        var index = await loading.Index.Value;
        if (change.Models)
        {
            index.Learn(await SharesAsync(site, cancellation));
        }

        foreach (var id in change.Articles)
        {
            Put(index, id, await articles.GetAsync(site, id, cancellation));
        }
    }

    /// <summary>Brings an index up to date with a row.</summary>
    public static void Put(SimilarityIndex index, string id, StoredArticle? stored)
    {
        if (stored?.Article is { } article)
        {
            index.Set(Of(index, stored, article));
            index.Threads.Learn(new ThreadMember(article.Published, id), article.Thread);
        }
        else
        {
            index.Remove(id);
            index.Threads.Remove(id);
        }
    }

    /// <summary>Keeps what a reindex found of how common terms are, and has the site's index go by it.</summary>
    public async Task LearnAsync(Site site, TermShares shares, CancellationToken cancellation = default)
    {
        await models.PutAsync(site, ModelName, shares.ToBytes(), cancellation);
        (await GetAsync(site)).Learn(shares);
    }

    private async Task<TermShares> SharesAsync(Site site, CancellationToken cancellation = default)
    {
        try
        {
            return await models.GetAsync(site, ModelName, cancellation) is { } bytes ? TermShares.FromBytes(bytes) : TermShares.None;
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            // As good as none: the index goes by its own terms until the next reindex.
            return TermShares.None;
        }
    }

    private async Task<SimilarityIndex> LoadAsync(Site site)
    {
        var shares = await SharesAsync(site);
        if (await packs.TryLoadAsync(site, shares, Put) is { } kept)
        {
            return kept;
        }

        var index = new SimilarityIndex();
        index.Learn(shares);
        await foreach (var stored in articles.AllAsync(site))
        {
            if (stored.Article is { } article)
            {
                index.SetUnmeasured(Of(index, stored, article));
                index.Threads.Learn(new ThreadMember(article.Published, stored.Id), article.Thread);
            }
        }

        index.Measure();
        return index;
    }

    // An analysis in an earlier format is as good as none.
    private static IndexedArticle Of(SimilarityIndex index, StoredArticle stored, Article article) =>
        new(stored.Id, article.Published, IndexedArticle.PrimaryLanguage(article.Language), stored.Terms ?? TermSelection.Select(TermAnalyzer.Analyse(article), index))
        {
            Topics = article.Card.Topics,
            Evergreen = article.Evergreen,
            Latent = stored.Latent,
            Address = IndexedArticle.HashOf(article.Url),
            Links = [.. article.Links.Select(IndexedArticle.HashOf)],
        };

    private sealed record Loading(DateTimeOffset Begun, Lazy<Task<SimilarityIndex>> Index);
}
