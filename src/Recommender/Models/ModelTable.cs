using System.Globalization;
using System.IO.Hashing;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Models;

/// <summary>
/// Keeps what reindex learns: bytes of any length under a name. Partition <c>site ~ name ~ generation</c> holds a model's parts, and one row in partition <c>site</c> says which generation
/// is read. That row is switched last, so a reader has the old model or the new one and never half of one, wherever a writer is killed. The generation before is kept for readers that
/// are on their way; older ones are swept.
/// </summary>
public sealed class ModelTable(ITableStore store)
{
    private const string Part = "Part";

    // Of what proves incompressible, well within a row also where its size is taken in Base64, as the emulator does.
    private const int PartLength = 600 * 1024;

    private const int Attempts = 5;
    private readonly ITable table = store.Table(TableNames.Model);

    /// <summary>The content that was put under that name last; null when there is none.</summary>
    /// <exception cref="InvalidDataException">What is stored is not what was put.</exception>
    public async Task<byte[]?> GetAsync(Site site, string name, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pointer = await PointerAsync(site, name, cancellation);
            if (!pointer.HasContent)
            {
                return null;
            }

            if (await ReadAsync(site, name, pointer, cancellation) is { } content)
            {
                return content;
            }

            // Somebody may have put two newer ones while this one was read.
            if (attempt == Attempts || await PointerAsync(site, name, cancellation) == pointer)
            {
                throw new InvalidDataException($"Model '{name}' of site '{site.Id}' is damaged in generation {pointer.Current}.");
            }
        }
    }

    /// <summary>The generation that <see cref="GetAsync"/> reads, by which a change is noticed for the price of one point read; 0 when there is none.</summary>
    public async Task<long> GenerationAsync(Site site, string name, CancellationToken cancellation = default) =>
        (await PointerAsync(site, name, cancellation)).Current;

    /// <summary>Puts content under a name, whole or not at all. The same again changes nothing. When two put at once, the later to begin wins.</summary>
    /// <returns>The content's generation: greater than that of every earlier content of that name, deleted ones included.</returns>
    public async Task<long> PutAsync(Site site, string name, byte[] content, CancellationToken cancellation = default)
    {
        var hash = HashOf(content);
        var before = await PointerAsync(site, name, cancellation);
        if (before.HasContent && before.Length == content.Length && before.Hash == hash)
        {
            return before.Current;
        }

        // Each writer has a generation to itself, so that parts of two never mix.
        var generation = (await ChangeAsync(site, name, pointer => pointer with { Reserved = pointer.Reserved + 1 }, cancellation)).Reserved;
        await table.SubmitManyAsync(content.Chunk(PartLength).Select((part, number) => RowChange.Upsert(PartRow(site, name, generation, number, part))), cancellation);
        var after = await ChangeAsync(
            site,
            name,
            pointer => pointer.Latest > generation ? pointer : pointer with { Current = generation, Latest = generation, Previous = pointer.Current, Length = content.Length, Hash = hash },
            cancellation);
        await SweepAsync(site, name, after, cancellation);
        if (after.Current != generation)
        {
            await DeletePartsAsync(site, name, generation, cancellation);
        }

        return generation;
    }

    /// <summary>Takes a model away. Nothing happens when there is none.</summary>
    public async Task DeleteAsync(Site site, string name, CancellationToken cancellation = default)
    {
        if (await PointerAsync(site, name, cancellation) is { Reserved: 0 })
        {
            return;
        }

        // Like a put, it takes a generation, so that one that was begun before it does not come after it.
        var after = await ChangeAsync(
            site, name, pointer => pointer with { Reserved = pointer.Reserved + 1, Latest = pointer.Reserved + 1, Current = 0, Previous = 0, Length = 0, Hash = "" }, cancellation);
        await SweepAsync(site, name, after, cancellation);
    }

    private async Task<byte[]?> ReadAsync(Site site, string name, Pointer pointer, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await foreach (var row in table.QueryAllAsync(PartPartition(site, name, pointer.Current), cancellation: cancellation))
        {
            content.Write(ByteParts.Read(row, Part));
        }

        var bytes = content.ToArray();
        return bytes.Length == pointer.Length && HashOf(bytes) == pointer.Hash ? bytes : null;
    }

    // Generations that nobody can read any more, those of writers that were killed included. A sweep that is interrupted is done by the next.
    private async Task SweepAsync(Site site, string name, Pointer pointer, CancellationToken cancellation)
    {
        for (var generation = pointer.Swept + 1; generation < pointer.Latest; generation++)
        {
            if (generation != pointer.Previous)
            {
                await DeletePartsAsync(site, name, generation, cancellation);
            }
        }

        var swept = (pointer.Previous == 0 ? pointer.Latest : pointer.Previous) - 1;
        await ChangeAsync(site, name, current => swept > current.Swept ? current with { Swept = swept } : current, cancellation);
    }

    private async Task DeletePartsAsync(Site site, string name, long generation, CancellationToken cancellation)
    {
        var parts = await table.QueryAllAsync(PartPartition(site, name, generation), cancellation: cancellation)
            .Select(row => RowChange.Delete(row.PartitionKey, row.RowKey)).ToListAsync(cancellation);
        await table.SubmitManyAsync(parts, cancellation);
    }

    private async Task<Pointer> PointerAsync(Site site, string name, CancellationToken cancellation) =>
        Pointer.Of(await table.GetAsync(Keys.Join(site.Id), Row(name), cancellation));

    private async Task<Pointer> ChangeAsync(Site site, string name, Func<Pointer, Pointer> change, CancellationToken cancellation)
    {
        var result = default(Pointer);
        await table.ModifyAsync(
            Keys.Join(site.Id),
            Row(name),
            row =>
            {
                var before = Pointer.Of(row);
                result = change(before);
                return result == before ? null : result.ToRow(Keys.Join(site.Id), Row(name));
            },
            cancellation);
        return result;
    }

    private static string Row(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Keys.Join(name);
    }

    private static string PartPartition(Site site, string name, long generation) => Keys.Join(site.Id, name, generation.ToString(CultureInfo.InvariantCulture));

    private static TableRow PartRow(Site site, string name, long generation, int number, byte[] part)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Part, part);
        return new TableRow(PartPartition(site, name, generation), number.ToString("D6", CultureInfo.InvariantCulture)) { Properties = properties };
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(XxHash128.Hash(content));

    /// <summary>Generations of one name: read now, the one read before, the last that was switched to or deleted, the last given to a writer, and the last whose parts are gone with all before.</summary>
    private readonly record struct Pointer(long Current, long Previous, long Latest, long Reserved, long Swept, long Length, string Hash)
    {
        public bool HasContent => Current > 0;

        public static Pointer Of(TableRow? row) => new(
            row?.Number(nameof(Current)) ?? 0,
            row?.Number(nameof(Previous)) ?? 0,
            row?.Number(nameof(Latest)) ?? 0,
            row?.Number(nameof(Reserved)) ?? 0,
            row?.Number(nameof(Swept)) ?? 0,
            row?.Number(nameof(Length)) ?? 0,
            row?.Text(nameof(Hash)) ?? "");

        public TableRow ToRow(string partition, string row) => new(partition, row)
        {
            Properties = new Dictionary<string, object>
            {
                [nameof(Current)] = Current,
                [nameof(Previous)] = Previous,
                [nameof(Latest)] = Latest,
                [nameof(Reserved)] = Reserved,
                [nameof(Swept)] = Swept,
                [nameof(Length)] = Length,
                [nameof(Hash)] = Hash,
            },
        };
    }
}
