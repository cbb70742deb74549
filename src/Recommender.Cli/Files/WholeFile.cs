namespace Recommender.Cli.Files;

/// <summary>Writes files so that nobody ever finds half of one.</summary>
internal static class WholeFile
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Writes a file beside its place and moves it there when <paramref name="write"/> is done.</summary>
    /// <exception cref="CommandException">The path is a folder.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new CommandException($"'{path}' is a folder.");
        }

        var temporary = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            await using (var output = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                await write(output);
                output.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
