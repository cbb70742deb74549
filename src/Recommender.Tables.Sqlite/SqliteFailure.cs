using Microsoft.Data.Sqlite;

namespace Recommender.Tables.Sqlite;

/// <summary>Says in one sentence what went wrong with the file, from SQLite's result codes (sqlite.org/rescode.html).</summary>
internal static class SqliteFailure
{
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Whether another connection holds the lock, so that a later try can succeed.</summary>
    public static bool IsBusy(SqliteException failure) => failure.SqliteErrorCode is Busy or Locked;

    /// <summary>The failure in the terms of the table contract.</summary>
    public static TableUnavailableException Unavailable(string path, SqliteException failure) => new(
        failure.SqliteErrorCode switch
        {
            Busy or Locked => $"The store '{path}' is locked by another process.",
            Full => $"The disk of the store '{path}' is full.",
            InputOutput => $"The disk of the store '{path}' cannot be read or written.",
            Corrupt => $"The store '{path}' is damaged: restore it from a backup, or delete it and index again.",
            NotADatabase => $"The file '{path}' is not an SQLite database.",
            CannotOpen => $"The store '{path}' cannot be opened: the file is missing, or its directory cannot be written.",
            ReadOnly or Permission => $"The store '{path}' cannot be written: check the rights to the file and its directory.",
            Error when failure.Message.Contains("no such table", StringComparison.Ordinal) => $"The store '{path}' has no tables yet.",
            _ => $"The store '{path}' failed: {failure.Message}",
        },
        failure);
}
