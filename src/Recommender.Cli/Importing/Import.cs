using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Recommender.Articles;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Ingestion;

namespace Recommender.Cli.Importing;

/// <summary>Publishes everything that sources have, as one import: lists of neighbours are brought up to date once, at its end.</summary>
internal sealed class Import(Session session, Terminal terminal, ImportReport report)
{
    private readonly ConcurrentQueue<string> places = new();
    private int failedSources;

    /// <summary>Whether a reindex follows, which makes the lists.</summary>
    public bool IsForReindex { get; init; }

    /// <summary>Imports the sources one after the other. When <paramref name="stop"/> is cancelled nothing more is read, and what was read is published.</summary>
    /// <param name="sources">Where articles come from.</param>
    /// <param name="isStrict">Whether one bad article makes the command fail.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<ImportSource> sources, bool isStrict, CancellationToken stop)
    {
        var tally = new ImportTally(sources.Count, session.Time);
        using var _ = stop.Register(() => terminal.Note("Stopping: what was read is still being published. Press Ctrl+C again to leave that to the next run."));
        try
        {
            await new Meter(terminal, session.Time, canDraw: !report.IsOnScreen).RunAsync(tally.Read, () => PublishAsync(sources, tally, stop));
        }
        finally
        {
            // A source that could not be opened has said so; a table of noughts would add nothing.
            if (tally.Done > 0 || failedSources < sources.Count)
            {
                report.Complete(tally);
            }
        }

        stop.ThrowIfCancellationRequested();
        var hasNothingButBad = tally.Bad > 0 && tally.Bad == tally.Done;
        return failedSources > 0 || hasNothingButBad || (isStrict && tally.Bad > 0) ? ExitCode.Failure : ExitCode.Success;
    }

    private async Task PublishAsync(IReadOnlyList<ImportSource> sources, ImportTally tally, CancellationToken stop)
    {
        // Not cancelled: what has begun is completed, which takes a moment, and then nothing is left for the next run to do.
        var inputs = ReadAsync(sources, tally, stop);
        await foreach (var result in IsForReindex ? session.Publisher.ImportForReindexAsync(session.Site, inputs, CancellationToken.None) : session.Publisher.ImportAsync(session.Site, inputs, CancellationToken.None))
        {
            places.TryDequeue(out var place);
            tally.Add(result.Outcome);
            report.Add(place!, result.Id, result.Outcome, result.Errors);
        }
    }

    private async IAsyncEnumerable<ArticleInput> ReadAsync(IReadOnlyList<ImportSource> sources, ImportTally tally, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var source in sources.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            await using var reading = source.Read(tally.Progress, stop).GetAsyncEnumerator(stop);
            while (await MoveNextAsync(source, reading, stop))
            {
                tally.AddRead();
                if (reading.Current.Input is { } input)
                {
                    places.Enqueue(reading.Current.Place);
                    yield return input;
                }
                else
                {
                    tally.Add(PublishOutcome.Invalid);
                    report.Add(reading.Current.Place, null, PublishOutcome.Invalid, [new FieldError("article", reading.Current.Error!)]);
                }
            }

            tally.EndSource();
        }

        tally.EndReading();
    }

    private async ValueTask<bool> MoveNextAsync(ImportSource source, IAsyncEnumerator<SourceItem> reading, CancellationToken stop)
    {
        try
        {
            return !stop.IsCancellationRequested && await reading.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception unreadable) when (unreadable is SourceException or IOException or UnauthorizedAccessException)
        {
            failedSources++;
            terminal.Fail(unreadable.Message.Contains(source.Name, StringComparison.Ordinal) ? unreadable.Message : $"{source.Name}: {unreadable.Message}");
            return false;
        }
    }
}
