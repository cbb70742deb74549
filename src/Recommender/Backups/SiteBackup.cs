using System.Buffers;
using System.IO.Hashing;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>
/// Writes all that a site has (articles with their analysis, lists, overrides, audit, models, what feeds had) to one stream of JSON Lines, from which <see cref="SiteRestore"/> makes exactly the same site. Publishing may go on
/// meanwhile: what changes after it was read is not in the backup, and what was half published is completed when it is put back.
/// </summary>
public sealed class SiteBackup(ITableScan scan, Journal journal, TimeProvider time)
{
    private const int ReportEvery = 256;

    private static readonly BackupJson Json = new(new JsonSerializerOptions(BackupJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Bytes of a stream's beginning that tell whether it is a backup.</summary>
    public static int MarkLength => BackupHeader.Start.Length;

    /// <summary>Whether a stream that begins like this is a backup.</summary>
    /// <param name="beginning">Its first <see cref="MarkLength"/> bytes at least.</param>
    public static bool IsBackup(ReadOnlySpan<byte> beginning) => beginning.StartsWith(BackupHeader.Start);

    /// <summary>Writes the backup. It is whole only when this returns; its last line says so.</summary>
    /// <param name="site">The site.</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TableUnavailableException">The store cannot be reached.</exception>
    public async Task<BackupCounts> WriteAsync(Site site, Stream output, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        // Before the rows: what is crossed out while they are read may still have been half done when they were.
        var unfinished = (await journal.OpenAsync(site, cancellation)).SelectMany(open => open.Intent.Articles.Concat(open.Intent.Relist)).ToHashSet(StringComparer.Ordinal);
        var counter = new BackupCounter();
        var hash = new XxHash128();
        var line = new ArrayBufferWriter<byte>();

        line.Write(JsonSerializer.SerializeToUtf8Bytes(
            new BackupHeader(BackupHeader.Mark, BackupHeader.CurrentFormat, site.Id, time.GetUtcNow(), BackupHeader.AllTables), Json.BackupHeader));
        await EndLineAsync();
        foreach (var table in BackupHeader.AllTables)
        {
            await foreach (var row in scan.ScanAsync(table, site.Id, cancellation))
            {
                var entry = new BackupRow(table, row);
                entry.Write(line, site.Id);
                await EndLineAsync();
                counter.Add(entry);
                if (Articles.ArticleTable.IsPending(table, row))
                {
                    unfinished.Add(Keys.ParseRow(row.RowKey));
                }

                if (counter.Counts.Rows % ReportEvery == 0)
                {
                    progress?.Report(new BackupProgress(counter.Counts.Rows, table));
                }
            }
        }

        var counts = counter.Counts;
        line.Write(JsonSerializer.SerializeToUtf8Bytes(
            new BackupEnd(counts.Rows, Convert.ToHexStringLower(hash.GetCurrentHash()), [.. unfinished.Order(StringComparer.Ordinal)]), Json.BackupEnd));
        await EndLineAsync();
        await output.FlushAsync(cancellation);
        return counts;

        async Task EndLineAsync()
        {
            line.Write("\n"u8);
            hash.Append(line.WrittenSpan);
            await output.WriteAsync(line.WrittenMemory, cancellation);
            line.ResetWrittenCount();
        }
    }
}
