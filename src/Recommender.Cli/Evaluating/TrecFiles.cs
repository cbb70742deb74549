using System.Text;
using Recommender.Cli.Files;
using Recommender.Evaluation;

namespace Recommender.Cli.Evaluating;

/// <summary>Judgements and runs on disk.</summary>
internal static class TrecFiles
{
    /// <summary>Reads judgements.</summary>
    /// <exception cref="CommandException">They cannot be read, or judge nothing as relevant.</exception>
    public static async Task<Qrels> QrelsAsync(string path, CancellationToken cancellation)
    {
        var qrels = await ReadAsync(path, Qrels.ReadAsync, cancellation);
        return qrels.Queries.Count > 0 ? qrels : throw new CommandException($"{path}: no document is judged above 0.");
    }

    /// <summary>Reads a run.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static Task<TrecRun> RunAsync(string path, CancellationToken cancellation) => ReadAsync(path, TrecRun.ReadAsync, cancellation);

    /// <summary>Writes a run, whole or not at all.</summary>
    public static Task WriteAsync(string path, TrecRun run, string tag) => WholeFile.WriteAsync(path, async output =>
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await run.WriteAsync(writer, tag);
    });

    private static async Task<T> ReadAsync<T>(string path, Func<TextReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            using var reader = new StreamReader(path);
            return await read(reader, cancellation);
        }
        catch (TrecFormatException wrong)
        {
            throw new CommandException($"{path}: {wrong.Message}");
        }
    }
}
