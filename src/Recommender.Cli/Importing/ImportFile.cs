using System.IO.Compression;
using System.IO.Pipelines;
using Recommender.Backups;
using Recommender.Ingestion;

namespace Recommender.Cli.Importing;

/// <summary>What <c>import</c> was given: a file or standard input, packed by gzip or not, articles or a backup, as its beginning tells.</summary>
internal sealed class ImportFile : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;
    private static readonly byte[] GzipMark = [0x1F, 0x8B];

    private readonly string name;
    private readonly Stream source;
    private readonly FileStream? file;
    private readonly PipeReader reader;
    private FileStream? spool;

    private ImportFile(string name, Stream source, FileStream? file, PipeReader reader, bool isBackup) =>
        (this.name, this.source, this.file, this.reader, IsBackup) = (name, source, file, reader, isBackup);

    /// <summary>Whether it is a backup; else it is articles.</summary>
    public bool IsBackup { get; }

    /// <summary>The articles, a line each. Can be read once.</summary>
    public ImportSource Lines => ImportSource.Lines(name, reader.AsStream(), file);

    /// <summary>How far the backup is read, 0 to 1; null when that cannot be told.</summary>
    public double? Share { get; private set; }

    /// <summary>Opens it and looks at its beginning.</summary>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public static async Task<ImportFile> OpenAsync(string path, CancellationToken cancellation)
    {
        var file = path == ImportSource.StandardInput ? null : OpenFile(path);
        var source = file ?? Interruptible(Console.OpenStandardInput());
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        if (await StartsAsync(reader, start => start.SequenceEqual(GzipMark), GzipMark.Length, cancellation))
        {
            reader = PipeReader.Create(new GZipStream(reader.AsStream(), CompressionMode.Decompress), new StreamPipeReaderOptions(bufferSize: BufferSize));
        }

        return new ImportFile(file is null ? "standard input" : path, source, file, reader, await StartsAsync(reader, SiteBackup.IsBackup, SiteBackup.MarkLength, cancellation));
    }

    /// <summary>Reads the backup from its start, which can be done again and again: standard input is kept in a temporary file.</summary>
    public async Task ReadBackupAsync(Func<Stream, Task> read, CancellationToken cancellation)
    {
        if (file is null && spool is null)
        {
            spool = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await reader.CopyToAsync(spool, cancellation);
        }

        var packed = spool ?? file!;
        packed.Position = 0;
        using var timer = new Timer(_ => Share = packed.Length == 0 ? null : (double)packed.Position / packed.Length, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        var isPacked = packed.ReadByte() == GzipMark[0];
        packed.Position = 0;
        await using var unpacking = isPacked ? new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true) : null;
        await read((Stream?)unpacking ?? packed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        if (spool is not null)
        {
            await spool.DisposeAsync();
        }
    }

    private static async Task<bool> StartsAsync(PipeReader reader, Func<ReadOnlySpan<byte>, bool> isStart, int length, CancellationToken cancellation)
    {
        var read = await reader.ReadAtLeastAsync(length, cancellation);
        var start = new byte[Math.Min(length, read.Buffer.Length)];
        var at = 0;
        foreach (var segment in read.Buffer.Slice(0, start.Length))
        {
            segment.Span.CopyTo(start.AsSpan(at));
            at += segment.Length;
        }

        reader.AdvanceTo(read.Buffer.Start);
        return isStart(start);
    }

    // A read of standard input cannot be cancelled, one of a pipe behind it can.
    private static Stream Interruptible(Stream input)
    {
        var pipe = new Pipe();
        _ = PumpAsync();
        return pipe.Reader.AsStream();

        async Task PumpAsync()
        {
            try
            {
                await using (input)
                {
                    await input.CopyToAsync(pipe.Writer);
                }

                await pipe.Writer.CompleteAsync();
            }
            catch (Exception broken)
            {
                await pipe.Writer.CompleteAsync(broken);
            }
        }
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new SourceException($"'{path}' is a folder; 'more-stories index' reads those.");
        }

        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = BufferSize });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"'{path}' cannot be read: {failure.Message}", failure);
        }
    }
}
