using System.IO.Hashing;
using System.IO.Pipelines;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Similarity.Packs;

/// <summary>
/// Keeps a site's index where the next process finds it: an image that a run of everything takes, packs of articles that runs of what changed add, and for what happened since, the log of changes. An
/// image that the log does not reach back to, or that a restored backup passed by, is as good as none.
/// </summary>
public sealed class IndexPacks(IndexPackTable table, ArticleTable articles, ChangeLog log)
{
    private const int BlockSize = 256;

    // So that the next parts are fetched and inflated while some are copied.
    private const int MostWaiting = 8 << 20;

    /// <summary>The index that is kept, up to date; null when none is that could be brought up to date.</summary>
    /// <param name="site">The site.</param>
    /// <param name="shares">What is known of how common terms are.</param>
    /// <param name="put">Brings the index up to date with an article's row.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async Task<SimilarityIndex?> TryLoadAsync(Site site, TermShares shares, Action<SimilarityIndex, string, StoredArticle?> put, CancellationToken cancellation = default)
    {
        if (await table.FindAsync(site, cancellation) is not { } state || await ChangedAsync(site, state, cancellation) is not { } changed)
        {
            return null;
        }

        SimilarityIndex? index = null;
        try
        {
            index = await ImageAsync(site, state, shares, cancellation);
            await foreach (var article in table.AdditionsAsync(site, state.Generation, cancellation))
            {
                article.PutInto(index);
            }
        }
        catch (InvalidDataException)
        {
            index?.Dispose();
            return null;
        }

        foreach (var block in changed.Chunk(BlockSize))
        {
            var stored = (await articles.ReadAsync(site, block, cancellation)).ToDictionary(article => article.Id, StringComparer.Ordinal);
            Array.ForEach(block, id => put(index, id, stored.GetValueOrDefault(id)));
        }

        // A run may have swept it meanwhile.
        return await table.FindAsync(site, cancellation) == state ? index : null;
    }

    /// <summary>Says that articles are going to be changed without a word in the log, so that what is kept is of no use until another is taken.</summary>
    internal Task ForgetAsync(Site site, CancellationToken cancellation) => table.ForgetAsync(site, cancellation);

    /// <summary>Keeps an index.</summary>
    /// <param name="site">The site.</param>
    /// <param name="index">Its index.</param>
    /// <param name="generation">A number that grows with each.</param>
    /// <param name="through">What happened from then on may not be in it.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async Task PutAsync(Site site, SimilarityIndex index, long generation, DateTimeOffset through, CancellationToken cancellation)
    {
        var hash = new XxHash3();
        await table.BeginAsync(site, generation, cancellation);
        await table.PutAsync(site, generation, Hashed(IndexImage.Of(index), hash), cancellation);
        await table.UseAsync(site, new IndexPackState(generation, through, HashOf(hash)), cancellation);
    }

    /// <summary>Adds what happened until an instant to what is kept.</summary>
    internal async Task AddAsync(Site site, SimilarityIndex index, string runId, DateTimeOffset through, CancellationToken cancellation)
    {
        if (await table.FindAsync(site, cancellation) is not { } state)
        {
            return;
        }

        if (await ChangedAsync(site, state, cancellation) is not { } changed)
        {
            await table.ForgetAsync(site, cancellation);
            return;
        }

        await table.AddAsync(site, state.Generation, runId, changed.Order(StringComparer.Ordinal).Select(id => PackedArticle.Of(index, id)), cancellation);
        await table.UseAsync(site, state with { Through = through }, cancellation);
    }

    /// <summary>Deletes what is of no use, while nobody writes any.</summary>
    internal Task SweepAsync(Site site, CancellationToken cancellation) => table.SweepAsync(site, cancellation);

    private async Task<SimilarityIndex> ImageAsync(Site site, IndexPackState state, TermShares shares, CancellationToken cancellation)
    {
        var (pipe, hash) = (new Pipe(new PipeOptions(pauseWriterThreshold: MostWaiting, resumeWriterThreshold: MostWaiting / 2)), new XxHash3());
        var loading = Task.Run(
            () =>
            {
                using var image = pipe.Reader.AsStream();
                return IndexImage.Load(image, shares, () => HashOf(hash) == state.ImageHash);
            },
            cancellation);
        try
        {
            await foreach (var part in table.ImageAsync(site, state.Generation, cancellation))
            {
                hash.Append(part);
                if ((await pipe.Writer.WriteAsync(part, cancellation)).IsCompleted)
                {
                    break;
                }
            }
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
        }

        return await loading;
    }

    // What a run told before that instant it had done itself: every running story that it found, just before it took the image.
    private async Task<HashSet<string>?> ChangedAsync(Site site, IndexPackState state, CancellationToken cancellation) =>
        (await log.TrySinceAsync(site, state.Through, cancellation))?
            .Where(entry => !entry.Change.ByRun || string.CompareOrdinal(entry.Key, Keys.NoEarlierThan(state.Through)) >= 0)
            .SelectMany(entry => entry.Change.Articles)
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<byte[]> Hashed(IEnumerable<byte[]> parts, XxHash3 hash) => parts.Select(part =>
    {
        hash.Append(part);
        return part;
    });

    private static long HashOf(XxHash3 hash) => unchecked((long)hash.GetCurrentHashAsUInt64());
}
