using System.Globalization;

namespace Recommender.Tables.Sqlite;

/// <summary>The tables of the file. Every logical table has the same columns; one more table counts ETags, so that none comes twice.</summary>
internal static class SqliteSchema
{
    // "MoSt" in ASCII: tells a store from any other SQLite file (sqlite.org/pragma.html#pragma_application_id).
    private const long ApplicationId = 0x4D6F5374;
    private const long Version = 1;

    // Tables of rows that are often longer than a quarter of a page, of which a tree in the order of the keys makes many levels and half-empty pages: theirs lie as they came, and an index leads to them.
    // The small rows of the other tables are read in long ranges, and lie in the order of their keys.
    private static readonly string[] OfLongRows = [TableNames.Articles, TableNames.Neighbours, TableNames.Model, TableNames.Runs];

    /// <summary>Creates what is missing. Runs inside a write transaction, except for what SQLite wants outside of one.</summary>
    public static void Create(SqliteSession session)
    {
        foreach (var table in TableNames.All)
        {
            session.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS "{table}" (
                    partition TEXT NOT NULL, row TEXT NOT NULL, etag INTEGER NOT NULL, properties BLOB NOT NULL,
                    PRIMARY KEY (partition, row)) {(OfLongRows.Contains(table) ? "" : "WITHOUT ROWID")}
                """);
        }

        session.Execute("CREATE TABLE IF NOT EXISTS LastETag (only INTEGER PRIMARY KEY CHECK (only = 1), value INTEGER NOT NULL)");
        session.Execute("INSERT OR IGNORE INTO LastETag VALUES (1, 0)");
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
    }

    /// <summary>Sets how the file is kept: pages that hold a card without overflow, and a write-ahead log so that readers never wait.</summary>
    public static void Prepare(SqliteSession session)
    {
        session.Execute("PRAGMA page_size = 8192");
        session.Execute("PRAGMA journal_mode = WAL");
    }

    /// <summary>Why the file cannot be used, or null: another program's database, or a later version's.</summary>
    public static string? Refusal(SqliteSession session, string path)
    {
        var application = (long)session.Execute("PRAGMA application_id")!;
        var version = (long)session.Execute("PRAGMA user_version")!;
        var tables = (long)session.Execute("SELECT count(*) FROM sqlite_schema")!;
        return (application, version) switch
        {
            (ApplicationId, <= Version) => null,
            (ApplicationId, _) => $"The store '{path}' was made by a later version of this program.",
            _ when tables == 0 => null,
            _ => $"The file '{path}' is the database of another program.",
        };
    }

    /// <summary>Takes the next <paramref name="count"/> ETags inside the running transaction and returns the first.</summary>
    public static long TakeETags(SqliteSession session, int count) =>
        (long)session.Execute(string.Create(
            CultureInfo.InvariantCulture, $"UPDATE LastETag SET value = value + {count} RETURNING value"))! - count + 1;
}
