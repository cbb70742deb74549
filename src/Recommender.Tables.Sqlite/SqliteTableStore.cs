using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Recommender.Tables.Sqlite;

/// <summary>
/// Tables in one SQLite file, which several processes may use at once. Reads never wait for writes (write-ahead log); writes queue in this
/// process first and then for the file's lock. Keys sort by their UTF-8 bytes, which for the keys that <see cref="Keys"/> makes is ordinal order.
/// </summary>
public sealed class SqliteTableStore : ITableStore, ITableScan, IDisposable
{
    private const int IdleReaders = 16;
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestBlock = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeSpan patience;
    private readonly SqliteWrites writes;
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private SqliteSession? writer;
    private volatile bool disposed;

    /// <summary>Makes a store; touches nothing yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait for another process's lock, 20 seconds when not given.</param>
    public SqliteTableStore(string path, TimeSpan? patience = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        this.path = Path.GetFullPath(path);
        this.patience = patience ?? DefaultPatience;
        writes = new SqliteWrites((apply, cancellation) => RetryAsync(() => Transact(apply), cancellation));
    }

    /// <inheritdoc/>
    public string Description => $"{StoreAddress.Sqlite}:{path}";

    /// <inheritdoc/>
    public ITable Table(string name) => new SqliteTable(this, TableLimits.CheckTableName(name));

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableRow> ScanAsync(string table, string site, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var name = TableLimits.CheckTableName(table);
        await foreach (var row in Table(name).QueryAllAsync(Keys.Join(site), cancellation: cancellation))
        {
            yield return row;
        }

        var partitions = RowRange.StartingWith(Keys.SitePrefix(site));
        var (partition, last) = (partitions.From!, "");
        List<TableRow> rows;
        do
        {
            var (behindPartition, behindRow) = (partition, last);
            rows = await ReadAsync(session => session.Table(name).Scan(behindPartition, behindRow, partitions.To!, TableLimits.RowsPerPage), cancellation);
            foreach (var row in rows)
            {
                (partition, last) = (row.PartitionKey, row.RowKey);
                yield return row;
            }
        }
        while (rows.Count == TableLimits.RowsPerPage);
    }

    /// <inheritdoc/>
    /// <exception cref="TableUnavailableException">The file or its directory cannot be made, or the file is something else.</exception>
    public async Task EnsureCreatedAsync(CancellationToken cancellation = default)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TableUnavailableException($"The directory of the store '{path}' cannot be made: {failure.Message}", failure);
        }

        await RetryAsync(
            () =>
            {
                using var session = Open(create: true);
                if (SqliteSchema.Refusal(session, path) is { } refusal)
                {
                    throw new TableUnavailableException(refusal);
                }

                SqliteSchema.Prepare(session);
                return true;
            },
            cancellation);
        await WriteAsync(
            session =>
            {
                SqliteSchema.Create(session);
                return true;
            },
            cancellation);
    }

    /// <summary>Closes every connection.</summary>
    public void Dispose()
    {
        disposed = true;
        writer?.Dispose();
        writer = null;
        while (readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    /// <summary>Reads over one of the idle connections, or a new one.</summary>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation) => RetryAsync(
        () =>
        {
            var session = readers.TryTake(out var idle) ? idle : Open(create: false);
            try
            {
                var result = read(session);
                Return(session);
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        },
        cancellation);

    /// <summary>Runs <paramref name="write"/> in a transaction that holds the file's lock from its start, alone or with others that came meanwhile; what it did is undone when it throws.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation) => writes.RunAsync(write, cancellation);

    private bool Transact(Action<SqliteSession> apply)
    {
        var session = writer ??= Open(create: false);
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            apply(session);
            session.Execute("COMMIT");
            return true;
        }
        catch (RowConflictException)
        {
            session.Execute("ROLLBACK");
            throw;
        }
        catch
        {
            // Closing rolls back whatever state the failure left, and the next write starts with a sound connection.
            writer = null;
            session.Dispose();
            throw;
        }
    }

    private async Task<T> RetryAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(disposed, this);
            try
            {
                return work();
            }
            catch (SqliteException failure) when (SqliteFailure.IsBusy(failure) && Stopwatch.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Random.Shared.Next(1, 20), cancellation);
            }
            catch (SqliteException failure)
            {
                throw SqliteFailure.Unavailable(path, failure);
            }
            catch (InvalidDataException damage)
            {
                throw new TableUnavailableException($"The store '{path}' cannot be read: {damage.Message}", damage);
            }
        }
    }

    private SqliteSession Open(bool create) => SqliteSession.Open(path, create, patience < LongestBlock ? patience : LongestBlock);

    private void Return(SqliteSession session)
    {
        if (disposed || readers.Count >= IdleReaders)
        {
            session.Dispose();
        }
        else
        {
            readers.Add(session);
        }
    }
}
