using System.Text.Json;
using System.Text.Json.Serialization;
using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>The first line of a backup.</summary>
/// <param name="Backup">What tells it from other JSON Lines: <see cref="Mark"/>.</param>
/// <param name="Format">Number of the format.</param>
/// <param name="Site">Id of the site that it was taken of.</param>
/// <param name="Created">When it was begun.</param>
/// <param name="Tables">Names of the tables whose rows it has, in the order in which they come.</param>
internal sealed record BackupHeader(string Backup, int Format, string Site, DateTimeOffset Created, IReadOnlyList<string> Tables)
{
    public const string Mark = "more-stories";
    public const int CurrentFormat = 1;

    /// <summary>How every backup begins; no article does.</summary>
    public static ReadOnlySpan<byte> Start => "{\"backup\":\"more-stories\","u8;

    /// <summary>
    /// The tables that are backed up, in ordinal order, so that the timeline, which makes stories show up, comes last: all but what only says what is going on (runs, leases, the log of changes), and keys, which belong in no file.
    /// </summary>
    public static IReadOnlyList<string> AllTables { get; } =
        [.. TableNames.All.Except([TableNames.Runs, TableNames.Changes, TableNames.Secrets]).Order(StringComparer.Ordinal)];

    /// <exception cref="BackupException">This version cannot put such a backup back.</exception>
    public static BackupHeader Parse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Start))
        {
            throw new BackupException("This is no backup: its first line is not one that export writes.");
        }

        BackupHeader? header;
        try
        {
            header = JsonSerializer.Deserialize(line, BackupJson.Default.BackupHeader);
        }
        catch (JsonException broken)
        {
            throw new BackupException("The backup's first line is damaged.", broken);
        }

        return header switch
        {
            null or { Tables: null } or { Site: null } => throw new BackupException("The backup's first line is damaged."),
            { Format: > CurrentFormat } => throw new BackupException($"The backup was made by a later version: its format is {header.Format}, and this version reads {CurrentFormat}."),
            _ when header.Tables.Except(AllTables).FirstOrDefault() is { } unknown => throw new BackupException($"The backup was made by another version: it has a table '{unknown}'."),
            _ when !header.Tables.SequenceEqual(header.Tables.Distinct().Order(StringComparer.Ordinal)) => throw new BackupException("The backup's first line is damaged."),
            _ => header,
        };
    }
}

/// <summary>The last line of a backup, without which it is not complete.</summary>
/// <param name="End">Rows that it has.</param>
/// <param name="Hash">XXH128 of all bytes before this line.</param>
/// <param name="Unfinished">Ids of articles whose publication was not completed when it was taken.</param>
internal sealed record BackupEnd(long End, string Hash, IReadOnlyList<string> Unfinished)
{
    public static ReadOnlySpan<byte> Start => "{\"end\":"u8;
}

/// <summary>JSON of a backup's first and last line.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackupHeader))]
[JsonSerializable(typeof(BackupEnd))]
internal sealed partial class BackupJson : JsonSerializerContext;
