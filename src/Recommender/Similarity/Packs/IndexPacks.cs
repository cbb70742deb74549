using Recommender.Articles;
using Recommender.Changes;
using Recommender.Sites;

namespace Recommender.Similarity.Packs;

/// <summary>
/// Keeps packs in step with articles, and fills an index from them: first all that is packed, then what the log of changes tells since. Packs that the log does not reach back to, or that a
/// restored backup passed by, are as good as none.
/// </summary>
public sealed class IndexPacks(IndexPackTable packs, ArticleTable articles, ChangeLog log, TimeProvider time)
{
    private const int BlockSize = 256;

    // Clocks differ, a row may become visible after a later one, and sweeps are not to the second.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Reach = ChangeLog.Retention - TimeSpan.FromHours(1);

    /// <summary>Fills an empty index, which is then to be measured.</summary>
    /// <returns>False when there are no packs that it could be filled from. It may have been filled in part.</returns>
    internal async Task<bool> TryFillAsync(Site site, SimilarityIndex index, Action<StoredArticle> put, CancellationToken cancellation = default)
    {
        if (await packs.FindAsync(site, cancellation) is not { } state || await ChangedAsync(site, state, cancellation) is not { } changed)
        {
            return false;
        }

        try
        {
            await foreach (var article in packs.ReadAsync(site, state.Generation, cancellation))
            {
                if (!changed.Contains(article.Id))
                {
                    article.PutInto(index);
                }
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        foreach (var block in changed.Chunk(BlockSize))
        {
            (await articles.ReadAsync(site, block, cancellation)).ForEach(put);
        }

        // A run may have swept them meanwhile.
        return await packs.FindAsync(site, cancellation) == state;
    }

    /// <summary>Says that articles are going to be changed without a word in the log, so that packs are of no use until they are written anew.</summary>
    internal Task ForgetAsync(Site site, CancellationToken cancellation) => packs.ForgetAsync(site, cancellation);

    /// <summary>Says that a generation is going to be packed.</summary>
    internal Task BeginAsync(Site site, long generation, CancellationToken cancellation) => packs.BeginAsync(site, generation, cancellation);

    /// <summary>Packs the articles of a block.</summary>
    internal Task PackAsync(Site site, SimilarityIndex index, long generation, IEnumerable<string> ids, CancellationToken cancellation) =>
        packs.PutAsync(site, generation, [.. ids.Select(id => PackedArticle.Of(index, id)).Where(article => article.Article is not null)], cancellation);

    /// <summary>Says that all blocks of a generation are packed, as they were at an instant or later.</summary>
    internal Task UseAsync(Site site, long generation, DateTimeOffset through, CancellationToken cancellation) =>
        packs.UseAsync(site, new IndexPackState(generation, through), cancellation);

    /// <summary>Adds what happened until an instant to the packs that are there.</summary>
    internal async Task AddAsync(Site site, SimilarityIndex index, string runId, DateTimeOffset through, CancellationToken cancellation)
    {
        if (await packs.FindAsync(site, cancellation) is not { } state)
        {
            return;
        }

        if (await ChangedAsync(site, state, cancellation) is not { } changed)
        {
            await packs.ForgetAsync(site, cancellation);
            return;
        }

        foreach (var block in changed.Order(StringComparer.Ordinal).Chunk(BlockSize))
        {
            await packs.AddAsync(site, state.Generation, runId, [.. block.Select(id => PackedArticle.Of(index, id))], cancellation);
        }

        await packs.UseAsync(site, state with { Through = through }, cancellation);
    }

    /// <summary>Deletes packs that are of no use, while nobody writes any.</summary>
    internal Task SweepAsync(Site site, CancellationToken cancellation) => packs.SweepAsync(site, cancellation);

    private async Task<HashSet<string>?> ChangedAsync(Site site, IndexPackState state, CancellationToken cancellation)
    {
        if (state.Through < time.GetUtcNow() - Reach)
        {
            return null;
        }

        var told = await log.ReadAsync(site, state.Through - Overlap, cancellation);
        return told.Any(entry => entry.Change.Restored) ? null : told.SelectMany(entry => entry.Change.Articles).ToHashSet(StringComparer.Ordinal);
    }
}
