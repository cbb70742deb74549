using System.Collections.Concurrent;
using Recommender.Changes;
using Recommender.Duplicates;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Text;
using Recommender.Topics;

namespace Recommender.Articles;

/// <summary>An input that proved valid.</summary>
/// <param name="Article">What it says.</param>
/// <param name="HasOwnId">Whether the id is the publisher's own, not derived from the URL.</param>
/// <param name="HasDate">Whether it says when it was published; else the date of an earlier version stays.</param>
internal readonly record struct ValidInput(Article Article, bool HasOwnId, bool HasDate)
{
    /// <summary>The article as the next version of what is stored under <paramref name="id"/>.</summary>
    public Article After(StoredArticle? existing, string id) => Article with
    {
        Id = id,
        Published = HasDate || existing?.Article is not { } before ? Article.Published : before.Published,
        Thread = existing?.Article?.Thread,
    };
}

/// <summary>When lists and running stories are brought up to date with articles.</summary>
internal enum Listing
{
    /// <summary>With the articles.</summary>
    AtOnce,

    /// <summary>When all of an import are in; an intent to do so is kept until then.</summary>
    AtTheEnd,

    /// <summary>By the reindex that follows.</summary>
    ByReindex,
}

/// <summary>Writes articles of one site whose ids and URLs are all different, and answers for each what became of it.</summary>
internal sealed class ArticleWriter(
    ArticleTable articles, ArticleProjection projection, SiteIndexes indexes, ArticlePlacing placing, TopicModels topics, Journal journal)
{
    private const int Attempts = 5;
    private const int Parallelism = 16;

    /// <summary>Writes what is new or changed.</summary>
    /// <returns>
    /// Results in the order of <paramref name="inputs"/>, null for one that turned out to meet another before it and must wait until that is written; and the key of the intent that stays open, or null.
    /// </returns>
    public async Task<(IReadOnlyList<PublishResult?> Results, string? Relist)> WriteAsync(
        Site site, IReadOnlyList<ValidInput> inputs, Listing listing, CancellationToken cancellation)
    {
        var firstOutcomes = new ConcurrentDictionary<string, PublishOutcome>(StringComparer.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var plans = InTurn(await PlanAsync(site, inputs, cancellation));
                var key = await StoreAsync(site, [.. plans.OfType<Plan>().Where(plan => plan.Writes)], listing, cancellation);
                return ([.. plans.Select(plan => plan is null ? null : plan.Result with { Outcome = firstOutcomes.GetOrAdd(plan.Result.Id!, plan.Result.Outcome) })], key);
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 50 * attempt)), cancellation);
            }
        }
    }

    /// <summary>Takes an article out. False when it was not there.</summary>
    public async Task<bool> RemoveAsync(Site site, string id, DateTimeOffset now, CancellationToken cancellation)
    {
        string? key = null;
        IReadOnlyList<StoredArticle> removed = [];
        for (var attempt = 1; removed.Count == 0 && await articles.GetAsync(site, id, cancellation) is { Article: not null } stored; attempt++)
        {
            key ??= await journal.BeginAsync(site, new Intent { Articles = [id] }, cancellation);
            try
            {
                removed = await articles.WriteAsync(
                    site, [new StoredArticle { Id = id, Removed = now, Pending = true, Stale = [.. StalePlaces(stored)], ETag = stored.ETag }], cancellation);
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 50 * attempt)), cancellation);
            }
        }

        if (removed.Count > 0)
        {
            await projection.ApplyAsync(site, await indexes.GetAsync(site), removed, withLists: true, cancellation);
        }

        await journal.CompleteAsync(site, key is null ? [] : [key], cancellation);
        return removed.Count > 0;
    }

    // An input is judged by what is there once those before it are written: it waits when it is a version of one of them, or wants the URL that one of them has had.
    private static Plan?[] InTurn(Plan[] plans)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        return Array.ConvertAll(plans, plan => before.Add(plan.Article.Id) & !(plan.Owner is { } owner && before.Contains(owner)) ? plan : null);
    }

    private async Task<Plan[]> PlanAsync(Site site, IReadOnlyList<ValidInput> inputs, CancellationToken cancellation)
    {
        var plans = new Plan[inputs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForAsync(0, inputs.Count, options, async (i, token) => plans[i] = await PlanAsync(site, inputs[i], token));
        return plans;
    }

    private async Task<Plan> PlanAsync(Site site, ValidInput input, CancellationToken cancellation)
    {
        var existing = input.HasOwnId ? await articles.GetAsync(site, input.Article.Id, cancellation) : null;
        var article = input.After(existing, input.Article.Id);
        var hash = ContentHash.Of(article);
        if (existing is { Article: not null, Pending: false } && existing.Hash == hash)
        {
            // Its URL was its own when it was written, and has been kept for it since.
            return new Plan(article, existing, hash, new PublishResult { Outcome = PublishOutcome.Unchanged, Id = article.Id });
        }

        var owner = await articles.FindAsync(site, article.Url, cancellation);
        if (!input.HasOwnId)
        {
            existing = await articles.GetAsync(site, owner ?? article.Id, cancellation);
            article = input.After(existing, owner ?? article.Id);
            hash = ContentHash.Of(article);
        }
        else if (owner is not null && owner != article.Id
            && await articles.GetAsync(site, owner, cancellation) is { Article: { } other } && other.Url == article.Url)
        {
            return Plan.Conflict(article, owner);
        }

        var outcome = existing switch
        {
            null or { Article: null } => PublishOutcome.Created,
            { Pending: false } when existing.Hash == hash => PublishOutcome.Unchanged,
            _ => PublishOutcome.Updated,
        };
        return new Plan(article, existing, hash, new PublishResult { Outcome = outcome, Id = article.Id });
    }

    private async Task<string?> StoreAsync(Site site, List<Plan> plans, Listing listing, CancellationToken cancellation)
    {
        if (plans.Count == 0)
        {
            return null;
        }

        var index = await indexes.GetAsync(site);
        var analysed = plans.AsParallel().AsOrdered().Select(plan => TermSelection.Select(TermAnalyzer.Analyse(plan.Article), index)).ToList();
        var places = await placing.PlaceAsync(site, [.. plans.Zip(analysed, (plan, terms) => new ToPlace(plan.Article, plan.Existing, terms))], cancellation);
        var model = await topics.GetAsync(site, cancellation);
        var ids = plans.Select(plan => plan.Article.Id).ToList();
        var key = await journal.BeginAsync(site, new Intent { Articles = ids, Relist = listing is Listing.AtTheEnd ? ids : [] }, cancellation);
        var stored = await articles.WriteAsync(
            site,
            [.. plans.Zip(analysed, places).Select(plan => plan.First.ToStored(TopicModels.Assign(site, model, plan.First.Article, plan.Second), plan.Second, plan.Third))],
            cancellation);
        await projection.ApplyAsync(site, index, stored, withLists: listing is Listing.AtOnce, cancellation);
        if (listing is Listing.AtTheEnd)
        {
            return key;
        }

        await journal.CompleteAsync(site, [key], cancellation);
        return null;
    }

    private sealed record Plan(Article Article, StoredArticle? Existing, string Hash, PublishResult Result)
    {
        /// <summary>Whose the URL is, when that is another article.</summary>
        public string? Owner { get; init; }

        public bool Writes => Result.Outcome is PublishOutcome.Created or PublishOutcome.Updated;

        public StoredArticle ToStored(Article article, PackedTerms terms, LatentPlace place) => new()
        {
            Id = article.Id,
            Article = article with { Fingerprint = Fingerprint.Of(article) },
            Hash = Hash,
            Terms = terms,
            Latent = place.Vector,
            Embedded = place.Embedded,
            Pending = true,
            Stale = [.. StalePlaces(Existing).Except(Timeline.Places(article))],
            ETag = Existing?.ETag,
        };

        public static Plan Conflict(Article article, string owner)
        {
            var error = new FieldError("url", $"Article '{owner}' has this URL already.");
            var result = new PublishResult { Outcome = PublishOutcome.Conflict, Id = article.Id, Errors = [error] };
            return new Plan(article, null, "", result) { Owner = owner };
        }
    }

    /// <summary>Places in the timeline that a stored version holds, or was still to clear.</summary>
    public static IEnumerable<TimelineKey> StalePlaces(StoredArticle? stored) =>
        (stored?.Stale ?? []).Concat(stored?.Article is { } article ? Timeline.Places(article) : []).Distinct();
}
