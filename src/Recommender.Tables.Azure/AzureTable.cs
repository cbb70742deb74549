using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Recommender.Tables.Azure;

/// <summary>One table of a storage account.</summary>
internal sealed class AzureTable(TableClient client, string name, AzureFailure failure) : ITable
{
    private const int MarkLength = 8;

    public string Name => name;

    public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        if (!TableLimits.IsKey(partitionKey) || !TableLimits.IsKey(rowKey))
        {
            return null;
        }

        var found = await failure.TranslateAsync(
            () => client.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellation), cancellation);
        if (found.HasValue)
        {
            return AzureRows.ToRow(found.Value!);
        }

        ThrowIfTableMissing(found.GetRawResponse());
        return null;
    }

    public async Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, TableLimits.RowsPerPage);
        if (!TableLimits.IsKey(partitionKey))
        {
            return new RowPage([], null);
        }

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        filter += range.From is null ? "" : TableClient.CreateQueryFilter($" and RowKey ge {range.From}");
        filter += range.To is null ? "" : TableClient.CreateQueryFilter($" and RowKey lt {range.To}");
        return await failure.TranslateAsync(
            async () =>
            {
                var pages = client.QueryAsync<TableEntity>(filter, take, cancellationToken: cancellation).AsPages(continuation, take);
                await foreach (var page in pages)
                {
                    var next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
                    return new RowPage([.. page.Values.Select(AzureRows.ToRow)], next);
                }

                return new RowPage([], null);
            },
            cancellation);
    }

    public async Task<IReadOnlyList<string?>> SubmitAsync(
        string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation)
    {
        TableLimits.Check(partitionKey, changes);
        foreach (var change in changes)
        {
            // Table Storage takes "*" for any row and answers 400 to what is no ETag of its own; neither was ever read.
            if (change.IfMatch is { } etag && !etag.StartsWith("W/\"datetime'", StringComparison.Ordinal))
            {
                throw new RowConflictException(name, partitionKey, change.Row.RowKey);
            }
        }

        var (sendings, mark) = (new Sendings(), RandomNumberGenerator.GetBytes(MarkLength));
        try
        {
            return changes switch
            {
                [] => [],
                [var only] => [await failure.TranslateAsync(() => sendings.CountAsync(() => ApplyAsync(only, mark, cancellation)), cancellation, changes)],
                _ => await SubmitBatchAsync(changes, mark, sendings, cancellation),
            };
        }
        catch (RowConflictException) when (sendings.AreRepeated)
        {
            // The change that it met may be its own, of which the answer got lost.
            if (await FindOwnAsync(changes, mark, cancellation) is { } etags)
            {
                return etags;
            }

            throw;
        }
    }

    private async Task<string?> ApplyAsync(RowChange change, byte[] mark, CancellationToken cancellation)
    {
        var row = change.Row;
        switch (change.Kind)
        {
            case RowChangeKind.Insert:
                return Version(await client.AddEntityAsync(AzureRows.ToEntity(row, mark), cancellation));
            case RowChangeKind.Upsert:
                return Version(await client.UpsertEntityAsync(AzureRows.ToEntity(row), TableUpdateMode.Replace, cancellation));
            case RowChangeKind.Update:
                return Version(await client.UpdateEntityAsync(AzureRows.ToEntity(row, mark), Match(change), TableUpdateMode.Replace, cancellation));
            default:
                // The client reports a missing row by its answer, not by an exception.
                var answer = await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, Match(change), cancellation);
                ThrowIfTableMissing(answer);
                return answer.Status != 404 || change.IfMatch is null ? null : throw new RowConflictException(name, row.PartitionKey, row.RowKey);
        }
    }

    // Table Storage fails a whole transaction when one of its deletions finds no row. Deletions of any version are then asked for first, and those
    // of missing rows left out: as if another writer who inserts such a row meanwhile had come right after this batch.
    private async Task<IReadOnlyList<string?>> SubmitBatchAsync(IReadOnlyList<RowChange> changes, byte[] mark, Sendings sendings, CancellationToken cancellation)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var sent = changes.Where(change => !missing.Contains(change.Row.RowKey)).ToList();
            var etags = await failure.TranslateAsync(() => sendings.CountAsync(() => TransactAsync(sent, mark, cancellation)), cancellation, sent);
            if (etags is not null)
            {
                return [.. changes.Select(change => etags.GetValueOrDefault(change.Row.RowKey))];
            }

            var deletions = sent.Where(IsPlainDeletion).Select(change => change.Row).ToList();
            await Parallel.ForEachAsync(
                deletions,
                new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation },
                async (row, token) =>
                {
                    if (!await ExistsAsync(row, token))
                    {
                        lock (missing)
                        {
                            missing.Add(row.RowKey);
                        }
                    }
                });
        }
    }

    // The new ETags by row key, or null when a deletion found no row.
    private async Task<Dictionary<string, string?>?> TransactAsync(List<RowChange> changes, byte[] mark, CancellationToken cancellation)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        try
        {
            var answers = await client.SubmitTransactionAsync(changes.Select(change => ToAction(change, mark)), cancellation);
            return changes.Zip(answers.Value).ToDictionary(
                pair => pair.First.Row.RowKey,
                pair => pair.First.Kind is RowChangeKind.Delete ? null : Version(pair.Second),
                StringComparer.Ordinal);
        }
        catch (TableTransactionFailedException refused) when (AzureFailure.IsRowMissing(refused)
            && refused.FailedTransactionActionIndex is { } index && index < changes.Count && IsPlainDeletion(changes[index]))
        {
            return null;
        }
    }

    private Task<bool> ExistsAsync(TableRow row, CancellationToken cancellation) => failure.TranslateAsync(
        async () => (await client.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, ["RowKey"], cancellation)).HasValue, cancellation);

    // The ETags of changes that this write made; null when the store did not make them. All of a batch were made or none, so one row tells it of all.
    private async Task<IReadOnlyList<string?>?> FindOwnAsync(IReadOnlyList<RowChange> changes, byte[] mark, CancellationToken cancellation)
    {
        var etags = new List<string?>();
        foreach (var (row, kind) in changes.Select(change => (change.Row, change.Kind)))
        {
            var found = await failure.TranslateAsync(
                () => client.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, [AzureRows.Mark], cancellation), cancellation);
            var entity = found.HasValue ? found.Value : null;
            var isOwn = kind switch
            {
                RowChangeKind.Delete => entity is null,
                RowChangeKind.Upsert => entity is not null,
                _ => entity?.GetBinary(AzureRows.Mark) is { } left && left.AsSpan().SequenceEqual(mark),
            };
            if (!isOwn)
            {
                return null;
            }

            etags.Add(entity?.ETag.ToString());
        }

        return etags;
    }

    private static bool IsPlainDeletion(RowChange change) => change is { Kind: RowChangeKind.Delete, IfMatch: null };

    private static TableTransactionAction ToAction(RowChange change, byte[] mark) => change.Kind switch
    {
        RowChangeKind.Insert => new TableTransactionAction(TableTransactionActionType.Add, AzureRows.ToEntity(change.Row, mark)),
        RowChangeKind.Upsert => new TableTransactionAction(TableTransactionActionType.UpsertReplace, AzureRows.ToEntity(change.Row)),
        RowChangeKind.Update => new TableTransactionAction(TableTransactionActionType.UpdateReplace, AzureRows.ToEntity(change.Row, mark), Match(change)),
        _ => new TableTransactionAction(TableTransactionActionType.Delete, AzureRows.ToEntity(change.Row), Match(change)),
    };

    private static ETag Match(RowChange change) => change.IfMatch is { } etag ? new ETag(etag) : ETag.All;

    private static string? Version(Response answer) => answer.Headers.ETag?.ToString();

    private void ThrowIfTableMissing(Response answer)
    {
        if (answer.Status == 404 && answer.Content?.ToString().Contains(TableErrorCode.TableNotFound.ToString(), StringComparison.Ordinal) == true)
        {
            throw failure.TableMissing();
        }
    }
}
