using System.Buffers;
using System.IO.Hashing;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Recommender.Backups;

/// <summary>Reads a backup line by line and throws where it is not as it was written: cut short, changed, or out of order.</summary>
internal sealed class BackupReader(Stream stream, string site)
{
    // A row of 1 MiB, its bytes in Base64 and its text escaped.
    private const int MaxLineLength = 8 * 1024 * 1024;

    private readonly XxHash128 hash = new();
    private long rows;

    /// <summary>The first line; null before reading began.</summary>
    public BackupHeader? Header { get; private set; }

    /// <summary>The last line; null before it was read.</summary>
    public BackupEnd? End { get; private set; }

    /// <summary>The rows, in order of <see cref="BackupHeader.Tables"/>, then of their keys.</summary>
    /// <exception cref="BackupException">It is no backup, or not a whole one.</exception>
    public async IAsyncEnumerable<BackupRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var number = 0;
        BackupRow? before = null;
        await foreach (var line in LinesAsync(cancellation))
        {
            number++;
            if (End is not null)
            {
                throw new BackupException($"The backup is damaged: something stands behind its last line, in line {number}.");
            }

            if (Header is null)
            {
                Header = BackupHeader.Parse(line.Span);
                Append(line);
            }
            else if (line.Span.StartsWith(BackupEnd.Start))
            {
                End = ParseEnd(line.Span, number);
            }
            else
            {
                var row = ParseRow(line, number, before);
                Append(line);
                rows++;
                before = row;
                yield return row;
            }
        }

        if (End is null)
        {
            throw new BackupException(Header is null ? "The backup is empty." : $"The backup is not complete: it ends after line {number}, without the line that says that it is whole.");
        }
    }

    private void Append(ReadOnlyMemory<byte> line)
    {
        hash.Append(line.Span);
        hash.Append("\n"u8);
    }

    private BackupEnd ParseEnd(ReadOnlySpan<byte> line, int number)
    {
        BackupEnd? end;
        try
        {
            end = JsonSerializer.Deserialize(line, BackupJson.Default.BackupEnd);
        }
        catch (JsonException broken)
        {
            throw new BackupException($"The backup is damaged in line {number}.", broken);
        }

        return end is { Unfinished: not null } && end.End == rows && end.Hash == Convert.ToHexStringLower(hash.GetCurrentHash())
            ? end
            : throw new BackupException("The backup is damaged: its last line does not agree with what stands before it.");
    }

    private BackupRow ParseRow(ReadOnlyMemory<byte> line, int number, BackupRow? before)
    {
        BackupRow row;
        try
        {
            row = BackupRow.Parse(line, site);
        }
        catch (FormatException wrong)
        {
            throw new BackupException($"The backup is damaged in line {number}.", wrong);
        }

        var table = Place(row.Table);
        return table >= 0 && (before is not { } last || Compare(last, row) < 0) ? row : throw new BackupException($"The backup is damaged in line {number}: it is out of order.");
    }

    private int Compare(BackupRow left, BackupRow right) => (Place(left.Table) - Place(right.Table)) switch
    {
        0 => TableRowOrder.Compare(left.Row, right.Row),
        var byTable => byTable,
    };

    private int Place(string table) => Header!.Tables.Index().Where(entry => entry.Item == table).Select(entry => entry.Index).FirstOrDefault(-1);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 256 * 1024, leaveOpen: true));
        while (true)
        {
            var read = await ReadAsync(reader, cancellation);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (buffer.Length > MaxLineLength)
            {
                throw new BackupException(Header is null ? "This is no backup: its first line is not one that export writes." : $"The backup is damaged: a line is longer than {MaxLineLength} bytes.");
            }

            if (read.IsCompleted)
            {
                // A line that nothing ends was cut short, and is taken for none.
                yield break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static async Task<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (InvalidDataException broken)
        {
            throw new BackupException("The backup cannot be unpacked: it is damaged or was cut short.", broken);
        }
    }
}
