using Microsoft.Data.Sqlite;

namespace Recommender.Tables.Sqlite;

/// <summary>One open connection with its compiled statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatements> statements = new(StringComparer.Ordinal);

    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the file, which must exist unless <paramref name="create"/> is set.</summary>
    public static SqliteSession Open(string path, bool create, TimeSpan busyTimeout)
    {
        var source = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        };
        var session = new SqliteSession(new SqliteConnection(source.ConnectionString));
        try
        {
            session.connection.Open();
            session.Execute($"PRAGMA busy_timeout = {(int)busyTimeout.TotalMilliseconds}");
            session.Execute("PRAGMA synchronous = NORMAL");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The statements of one table.</summary>
    public SqliteStatements Table(string name) =>
        statements.TryGetValue(name, out var known) ? known : statements[name] = new SqliteStatements(connection, name);

    /// <summary>Runs a statement, compiled once, and returns the first value of its first row, if any.</summary>
    public object? Execute(string sql)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants.
            command.CommandText = sql;
#pragma warning restore CA2100
        }

        return command.ExecuteScalar();
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();
}
