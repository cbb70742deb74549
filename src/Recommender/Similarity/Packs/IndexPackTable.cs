using System.Globalization;
using System.IO.Hashing;
using Recommender.Similarity.Memory;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Similarity.Packs;

/// <summary>
/// Where an index is kept, by which a process has it without reading every article: table Runs, partition <c>site ~ packs ~ generation</c>. First come the parts of an image that a run of everything
/// took, then packs of articles that runs of what changed added. A row in partition <c>site ~ packs</c> says which generation is whole, and up to when.
/// </summary>
public sealed class IndexPackTable(ITableStore store)
{
    // In this order.
    private const string Image = "a";
    private const string Addition = "b";

    private const string Kept = "packs";
    private const string Pointer = "now";
    private const string Content = "Pack";

    private const int MostArticles = 128;
    private const int PartsAtATime = 8;

    private readonly ITable table = store.Table(TableNames.Runs);

    /// <summary>Which generation is whole; null when none is.</summary>
    public async Task<IndexPackState?> FindAsync(Site site, CancellationToken cancellation = default) =>
        Generations.Of(await table.GetAsync(Keys.Join(site.Id, Kept), Pointer, cancellation)) is { Current: > 0 } now ? new IndexPackState(now.Current, new DateTimeOffset(now.Through, TimeSpan.Zero), now.ImageHash) : null;

    /// <summary>Says that a generation is going to be written.</summary>
    public Task BeginAsync(Site site, long generation, CancellationToken cancellation = default) =>
        ChangeAsync(site, now => now with { Begun = Math.Max(now.Begun, generation) }, cancellation);

    /// <summary>Writes an image, in place of what somebody may have left who was writing this generation and died.</summary>
    public async Task PutAsync(Site site, long generation, IEnumerable<byte[]> parts, CancellationToken cancellation = default)
    {
        await ClearAsync(site, generation, cancellation);
        foreach (var some in parts.Index().Chunk(PartsAtATime))
        {
            var rows = some.AsParallel().Select(part => RowChange.Upsert(Row(site, generation, Keys.Join(Image, part.Index.ToString("D6", CultureInfo.InvariantCulture)), part.Item)));
            await table.SubmitManyAsync(rows.ToList(), cancellation);
        }
    }

    /// <summary>Adds articles that came, changed or went since.</summary>
    /// <param name="site">The site.</param>
    /// <param name="generation">To which generation.</param>
    /// <param name="runId">The run that adds them: what a later one adds comes after it.</param>
    /// <param name="articles">The articles.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task AddAsync(Site site, long generation, string runId, IEnumerable<PackedArticle> articles, CancellationToken cancellation = default) =>
        await table.SubmitManyAsync(
            Packs(articles).Select(pack => RowChange.Upsert(Row(site, generation, Keys.Join(Addition + runId, Convert.ToHexStringLower(XxHash128.Hash(pack))), pack))), cancellation);

    /// <summary>Says that a generation is whole: what it does not have, the log of changes tells since an instant.</summary>
    public Task UseAsync(Site site, IndexPackState state, CancellationToken cancellation = default) =>
        ChangeAsync(site, now => state.Generation < now.Current ? now : now with { Current = state.Generation, Through = state.Through.UtcTicks, ImageHash = state.ImageHash }, cancellation);

    /// <summary>Says that none is whole any more.</summary>
    public Task ForgetAsync(Site site, CancellationToken cancellation = default) => ChangeAsync(site, now => now with { Current = 0, Through = 0 }, cancellation);

    /// <summary>The parts of a generation's image.</summary>
    public IAsyncEnumerable<byte[]> ImageAsync(Site site, long generation, CancellationToken cancellation = default) =>
        table.QueryAllAsync(Partition(site, generation), new RowRange(null, Addition), cancellation).Select(row => ByteParts.Read(row, Content) ?? []);

    /// <summary>The articles that were added to a generation. Of those that come twice the last one counts.</summary>
    /// <exception cref="InvalidDataException">A pack is damaged, or of another build.</exception>
    public IAsyncEnumerable<PackedArticle> AdditionsAsync(Site site, long generation, CancellationToken cancellation = default) =>
        table.QueryAllAsync(Partition(site, generation), new RowRange(Addition), cancellation).SelectMany(row => IndexPack.Read(ByteParts.Read(row, Content) ?? []).ToAsyncEnumerable());

    /// <summary>Deletes all generations but the one that is whole, while nobody writes any.</summary>
    public async Task SweepAsync(Site site, CancellationToken cancellation = default)
    {
        var now = Generations.Of(await table.GetAsync(Keys.Join(site.Id, Kept), Pointer, cancellation));
        for (var generation = now.Swept; generation <= now.Begun; generation++)
        {
            if (generation != now.Current)
            {
                await ClearAsync(site, generation, cancellation);
            }
        }

        // Who was writing the last of them may have written a little more: those are looked at once again the next time.
        var swept = (now.Current == 0 ? now.Begun : now.Current) - 1;
        await ChangeAsync(site, then => swept > then.Swept ? then with { Swept = swept } : then, cancellation);
    }

    private static string Partition(Site site, long generation) => Keys.Join(site.Id, Kept, generation.ToString(CultureInfo.InvariantCulture));

    private async Task ClearAsync(Site site, long generation, CancellationToken cancellation)
    {
        var rows = await table.QueryAllAsync(Partition(site, generation), cancellation: cancellation).Select(row => RowChange.Delete(row.PartitionKey, row.RowKey)).ToListAsync(cancellation);
        await table.SubmitManyAsync(rows, cancellation);
    }

    private static IEnumerable<byte[]> Packs(IEnumerable<PackedArticle> articles) => articles.Chunk(MostArticles).SelectMany(some =>
        IndexPack.Write(some) is var pack && (pack.Length <= ImageWriter.PartLength || some.Length == 1) ? [pack] : Packs(some[..(some.Length / 2)]).Concat(Packs(some[(some.Length / 2)..])));

    private static TableRow Row(Site site, long generation, string name, byte[] content)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, content);
        return new TableRow(Partition(site, generation), name) { Properties = properties };
    }

    private Task<bool> ChangeAsync(Site site, Func<Generations, Generations> change, CancellationToken cancellation) => table.ModifyAsync(
        Keys.Join(site.Id, Kept),
        Pointer,
        row =>
        {
            var before = Generations.Of(row);
            var after = change(before);
            return after == before ? null : after.ToRow(Keys.Join(site.Id, Kept));
        },
        cancellation);

    /// <summary>Those of a site: the one that is whole, 0 for none; up to when; the hash of its image; the last that was begun; and the one up to which, without it, all others are gone.</summary>
    private readonly record struct Generations(long Current, long Through, long ImageHash, long Begun, long Swept)
    {
        public static Generations Of(TableRow? row) => new(
            row?.Number(nameof(Current)) ?? 0, row?.Number(nameof(Through)) ?? 0, row?.Number(nameof(ImageHash)) ?? 0, row?.Number(nameof(Begun)) ?? 0, row?.Number(nameof(Swept)) ?? 0);

        public TableRow ToRow(string partition) => new(partition, Pointer)
        {
            Properties = new Dictionary<string, object> { [nameof(Current)] = Current, [nameof(Through)] = Through, [nameof(ImageHash)] = ImageHash, [nameof(Begun)] = Begun, [nameof(Swept)] = Swept },
        };
    }
}

/// <summary>An index that is kept whole.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="Through">What happened from then on is not in it.</param>
/// <param name="ImageHash">XXH3 of its image.</param>
public readonly record struct IndexPackState(long Generation, DateTimeOffset Through, long ImageHash);
