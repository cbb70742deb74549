using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Telemetry;
using Recommender.Threads;
using Recommender.Topics;

namespace Recommender.Articles;

/// <summary>Takes articles in and out of the index; all that readers see of one changes with it.</summary>
public sealed class Publisher(
    ArticleTable articles,
    ArticleProjection projection,
    ArticleValidator validator,
    SiteIndexes indexes,
    ArticlePlacing placing,
    TopicModels topics,
    NeighbourUpdate neighbours,
    ThreadUpdate threads,
    Journal journal,
    ChangeFollower changes,
    SiteGates gates,
    Measurements measurements,
    TimeProvider time)
{
    private const int ChunkSize = 256;

    private static readonly TimeSpan ChunkPatience = TimeSpan.FromMilliseconds(250);

    private readonly ArticleWriter writer = new(articles, projection, indexes, placing, topics, journal);
    private readonly Relisting relisting = new(articles, indexes, neighbours, threads, changes);
    private readonly ConcurrentDictionary<string, bool> recovered = new(StringComparer.Ordinal);

    /// <summary>Publishes one article: when this returns, it is durable, in its own list and in the lists of the articles it is near.</summary>
    public async Task<PublishResult> PublishAsync(Site site, ArticleInput input, CancellationToken cancellation = default)
    {
        using var activity = Activities.Source.StartActivity("publish");
        using var _ = await EnterAsync(site, cancellation);
        return (await WriteAsync(site, [input], Listing.AtOnce, [], cancellation))[0];
    }

    /// <summary>
    /// Publishes many: results come in the order of <paramref name="inputs"/>, each when its article is durable and can be listed; lists of neighbours are brought up to date
    /// when all are in. A process that dies on the way loses nothing whose result was given out, and <see cref="RecoverAsync"/> completes what it left.
    /// </summary>
    public async IAsyncEnumerable<PublishResult> ImportAsync(
        Site site, IAsyncEnumerable<ArticleInput> inputs, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var relist = new List<string>();
        var written = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var result in ImportAsync(site, inputs, Listing.AtTheEnd, relist, cancellation))
        {
            if (result.Outcome is PublishOutcome.Created or PublishOutcome.Updated)
            {
                written.Add(result.Id!);
            }

            yield return result;
        }

        using (await EnterAsync(site, cancellation))
        {
            await relisting.RunAsync(site, written, cancellation);
            await journal.CompleteAsync(site, relist, cancellation);
        }
    }

    /// <summary>
    /// Publishes many as <see cref="ImportAsync(Site, IAsyncEnumerable{ArticleInput}, CancellationToken)"/> does, but leaves their lists and running stories to a reindex: for a whole archive, whose
    /// lists would be made twice. Until that has run, articles stand in topics and among the latest, and have no lists of their own.
    /// </summary>
    public IAsyncEnumerable<PublishResult> ImportForReindexAsync(Site site, IAsyncEnumerable<ArticleInput> inputs, CancellationToken cancellation = default) =>
        ImportAsync(site, inputs, Listing.ByReindex, [], cancellation);

    /// <summary>The article as it is stored; null when there is none or it was unpublished.</summary>
    public async Task<Article?> GetAsync(Site site, string id, CancellationToken cancellation = default) =>
        (await articles.GetAsync(site, id, cancellation))?.Article;

    /// <summary>Id of the article at a URL; null when nobody indexed it or it was unpublished.</summary>
    public async Task<string?> FindAsync(Site site, string url, CancellationToken cancellation = default) =>
        CanonicalUrl.TryParse(url, out var canonical)
        && await articles.FindAsync(site, canonical, cancellation) is { } id
        && await GetAsync(site, id, cancellation) is not null ? id : null;

    /// <summary>Every article of a site that is not unpublished, in no useful order.</summary>
    public IAsyncEnumerable<Article> AllAsync(Site site, CancellationToken cancellation = default) =>
        articles.AllAsync(site, cancellation).Select(stored => stored.Article).Where(article => article is not null).Select(article => article!);

    /// <summary>Takes an article out of every list at once. False when it was not there.</summary>
    public async Task<bool> UnpublishAsync(Site site, string id, CancellationToken cancellation = default)
    {
        using var _ = await EnterAsync(site, cancellation);
        var removed = await writer.RemoveAsync(site, id, time.GetUtcNow(), cancellation);
        if (removed)
        {
            measurements.ArticleRemoved(site);
        }

        return removed;
    }

    /// <summary>Completes what processes that died had begun. Called when a process first writes and by the sweep.</summary>
    /// <returns>Number of articles completed.</returns>
    public async Task<int> RecoverAsync(Site site, CancellationToken cancellation = default)
    {
        using var _ = await EnterAsync(site, cancellation);
        return await CompleteOpenAsync(site, cancellation);
    }

    private async IAsyncEnumerable<PublishResult> ImportAsync(
        Site site, IAsyncEnumerable<ArticleInput> inputs, Listing listing, List<string> relist, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var chunk in inputs.ChunkAsync(ChunkSize, ChunkPatience, time, cancellation))
        {
            IReadOnlyList<PublishResult> results;
            using (await EnterAsync(site, cancellation))
            {
                results = await WriteAsync(site, chunk, listing, relist, cancellation);
            }

            foreach (var result in results)
            {
                yield return result;
            }
        }
    }

    private async Task<IReadOnlyList<PublishResult>> WriteAsync(
        Site site, IReadOnlyList<ArticleInput> inputs, Listing listing, List<string> relist, CancellationToken cancellation)
    {
        var results = new PublishResult?[inputs.Count];
        var valid = new Article?[inputs.Count];
        Parallel.For(0, inputs.Count, i =>
        {
            if (!validator.TryValidate(site, inputs[i], out valid[i], out var errors))
            {
                results[i] = new PublishResult { Outcome = PublishOutcome.Invalid, Id = inputs[i].Id, Errors = errors };
            }
        });
        var waiting = valid.Index().Where(entry => entry.Item is not null)
            .Select(entry => (Place: entry.Index, Input: new ValidInput(entry.Item!, inputs[entry.Index].Id is not null, !string.IsNullOrWhiteSpace(inputs[entry.Index].Published)))).ToList();

        // Versions of one article in one import are written one after the other, as they came.
        while (waiting.Count > 0)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            var round = waiting.Where(entry => names.Add("id " + entry.Input.Article.Id) & names.Add("url " + entry.Input.Article.Url)).ToList();
            var (written, key) = await writer.WriteAsync(site, [.. round.Select(entry => entry.Input)], listing, cancellation);
            foreach (var (entry, result) in round.Zip(written).Where(pair => pair.Second is not null))
            {
                results[entry.Place] = result!;
            }

            relist.AddRange(key is null ? [] : [key]);
            waiting.RemoveAll(entry => results[entry.Place] is not null);
        }

        foreach (var result in results)
        {
            measurements.ArticleSent(site, result!.Outcome);
        }

        return results!;
    }

    private async Task<int> CompleteOpenAsync(Site site, CancellationToken cancellation)
    {
        var open = (await journal.OpenAsync(site, cancellation)).Where(entry => entry.Intent is { Scope: null, Publication: null }).ToList();
        var completed = 0;
        foreach (var (key, intent) in open)
        {
            var pending = new List<StoredArticle>();
            foreach (var id in intent.Articles)
            {
                pending.AddRange(await articles.GetAsync(site, id, cancellation) is { Pending: true } stored ? [stored] : []);
            }

            if (pending.Count > 0)
            {
                await projection.ApplyAsync(site, await indexes.GetAsync(site), pending, withLists: intent.Relist.Count == 0, cancellation);
            }

            completed += pending.Count;
        }

        await relisting.RunAsync(site, open.SelectMany(entry => entry.Intent.Relist).ToHashSet(StringComparer.Ordinal), cancellation);

        // A younger one may belong to a process that lives and is yet to write what it says; the next recovery does it again.
        await journal.CompleteAsync(site, open.Select(entry => entry.Key).Where(journal.IsAbandoned), cancellation);
        return completed;
    }

    private async Task<IDisposable> EnterAsync(Site site, CancellationToken cancellation)
    {
        var pass = await gates.EnterAsync(site, cancellation);
        try
        {
            await changes.CatchUpAsync(site, cancellation);
            if (!recovered.ContainsKey(site.Id))
            {
                await CompleteOpenAsync(site, cancellation);
                recovered[site.Id] = true;
            }

            return pass;
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }
}
