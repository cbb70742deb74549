using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Similarity.Packs;

/// <summary>
/// Where packs are kept, by which a process has a site's index without reading every article: table Runs, partition <c>site ~ packs ~ generation</c>. Those of a generation of lists are written with them, block
/// by block; runs of what changed add theirs, which come after them. A row in partition <c>site ~ packs</c> says which generation is whole, and up to when.
/// </summary>
public sealed class IndexPackTable(ITableStore store)
{
    /// <summary>Prefix of packs of a run of everything.</summary>
    private const string Base = "a";

    /// <summary>Prefix of packs of runs of what changed.</summary>
    private const string Addition = "b";

    private const string Packs = "packs";
    private const string Pointer = "now";
    private const string Content = "Pack";

    // Well within a row, were none of it compressible.
    private const int MostBytes = 400 * 1024;
    private const int MostArticles = 128;

    private readonly ITable table = store.Table(TableNames.Runs);

    /// <summary>Which packs are whole; null when none are.</summary>
    public async Task<IndexPackState?> FindAsync(Site site, CancellationToken cancellation = default) =>
        Generations.Of(await table.GetAsync(Keys.Join(site.Id, Packs), Pointer, cancellation)) is { Current: > 0 } now ? new IndexPackState(now.Current, new DateTimeOffset(now.Through, TimeSpan.Zero)) : null;

    /// <summary>Says that packs of a generation are going to be written.</summary>
    public Task BeginAsync(Site site, long generation, CancellationToken cancellation = default) =>
        ChangeAsync(site, now => now with { Begun = Math.Max(now.Begun, generation) }, cancellation);

    /// <summary>Writes articles of a run of everything, those of a block together.</summary>
    public Task PutAsync(Site site, long generation, IReadOnlyCollection<PackedArticle> block, CancellationToken cancellation = default) =>
        WriteAsync(site, generation, Base, block, cancellation);

    /// <summary>Adds articles that came, changed or went since.</summary>
    /// <param name="site">The site.</param>
    /// <param name="generation">To which packs.</param>
    /// <param name="runId">The run that adds them: what a later one adds comes after it.</param>
    /// <param name="articles">The articles.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task AddAsync(Site site, long generation, string runId, IReadOnlyCollection<PackedArticle> articles, CancellationToken cancellation = default) =>
        WriteAsync(site, generation, Addition + runId, articles, cancellation);

    /// <summary>Says that the packs of a generation are whole: what they do not have, the log of changes tells since an instant.</summary>
    public Task UseAsync(Site site, IndexPackState state, CancellationToken cancellation = default) =>
        ChangeAsync(site, now => state.Generation < now.Current ? now : now with { Current = state.Generation, Through = state.Through.UtcTicks }, cancellation);

    /// <summary>Says that no packs are whole any more.</summary>
    public Task ForgetAsync(Site site, CancellationToken cancellation = default) => ChangeAsync(site, now => now with { Current = 0, Through = 0 }, cancellation);

    /// <summary>The articles of a generation. Of those that come twice the last one counts.</summary>
    /// <exception cref="InvalidDataException">A pack is damaged, or of another build.</exception>
    public async IAsyncEnumerable<PackedArticle> ReadAsync(Site site, long generation, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in table.QueryAllAsync(Partition(site, generation), cancellation: cancellation))
        {
            foreach (var article in IndexPack.Read(ByteParts.Read(row, Content) ?? []))
            {
                yield return article;
            }
        }
    }

    /// <summary>Deletes all packs but those that are whole, while nobody writes any.</summary>
    public async Task SweepAsync(Site site, CancellationToken cancellation = default)
    {
        var now = Generations.Of(await table.GetAsync(Keys.Join(site.Id, Packs), Pointer, cancellation));
        for (var generation = now.Swept; generation <= now.Begun; generation++)
        {
            if (generation != now.Current)
            {
                var rows = await table.QueryAllAsync(Partition(site, generation), cancellation: cancellation).Select(row => RowChange.Delete(row.PartitionKey, row.RowKey)).ToListAsync(cancellation);
                await table.SubmitManyAsync(rows, cancellation);
            }
        }

        // Who was writing the last of them may have written a little more: those are looked at once again the next time.
        var swept = (now.Current == 0 ? now.Begun : now.Current) - 1;
        await ChangeAsync(site, then => swept > then.Swept ? then with { Swept = swept } : then, cancellation);
    }

    private static string Partition(Site site, long generation) => Keys.Join(site.Id, Packs, generation.ToString(CultureInfo.InvariantCulture));

    private async Task WriteAsync(Site site, long generation, string prefix, IReadOnlyCollection<PackedArticle> articles, CancellationToken cancellation) =>
        await table.SubmitManyAsync(Parts(articles).Select(part => RowChange.Upsert(Row(site, generation, prefix, part))), cancellation);

    private static IEnumerable<PackedArticle[]> Parts(IEnumerable<PackedArticle> articles) => articles.Chunk(MostArticles)
        .SelectMany(few => IndexPack.Write(few).Length <= MostBytes || few.Length == 1 ? [few] : Parts(few[..(few.Length / 2)]).Concat(Parts(few[(few.Length / 2)..])));

    private static TableRow Row(Site site, long generation, string prefix, PackedArticle[] part)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, IndexPack.Write(part));
        var name = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(part[0].Id)));
        return new TableRow(Partition(site, generation), Keys.Join(prefix, name)) { Properties = properties };
    }

    private Task<bool> ChangeAsync(Site site, Func<Generations, Generations> change, CancellationToken cancellation) => table.ModifyAsync(
        Keys.Join(site.Id, Packs),
        Pointer,
        row =>
        {
            var before = Generations.Of(row);
            var after = change(before);
            return after == before ? null : after.ToRow(Keys.Join(site.Id, Packs));
        },
        cancellation);

    /// <summary>Those of a site: the one that is whole, 0 for none; up to when; the last that was begun; and the one up to which, without it, all others are gone.</summary>
    private readonly record struct Generations(long Current, long Through, long Begun, long Swept)
    {
        public static Generations Of(TableRow? row) => new(
            row?.Number(nameof(Current)) ?? 0, row?.Number(nameof(Through)) ?? 0, row?.Number(nameof(Begun)) ?? 0, row?.Number(nameof(Swept)) ?? 0);

        public TableRow ToRow(string partition) => new(partition, Pointer)
        {
            Properties = new Dictionary<string, object> { [nameof(Current)] = Current, [nameof(Through)] = Through, [nameof(Begun)] = Begun, [nameof(Swept)] = Swept },
        };
    }
}

/// <summary>Packs that are whole.</summary>
/// <param name="Generation">Their generation.</param>
/// <param name="Through">What happened from then on is not in them.</param>
public readonly record struct IndexPackState(long Generation, DateTimeOffset Through);
