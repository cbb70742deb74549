using System.Globalization;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;
using Spectre.Console;

namespace Recommender.Cli.Evaluating;

/// <summary>Asks an index for the lists of all judged pages, with progress shown.</summary>
internal sealed class Replay
{
    private const int MostNamed = 5;

    private readonly ScratchIndex index;
    private readonly Terminal terminal;
    private readonly bool asOf;

    /// <summary>Prepares it, and tells of pages that are not there.</summary>
    /// <exception cref="CommandException">No page has anything judged at its time.</exception>
    public Replay(ScratchIndex index, Terminal terminal, Qrels judged, bool asOf)
    {
        (this.index, this.terminal, this.asOf) = (index, terminal, asOf);
        Qrels = asOf ? judged.AsOf(Published) : judged;
        Missing = [.. Qrels.Queries.Where(query => Published(query) is null)];
        if (Qrels.Queries.Count == 0)
        {
            throw new CommandException("For no page is anything judged that was published by then.");
        }

        if (Missing.Count > 0)
        {
            var names = string.Join(", ", Missing.Take(MostNamed)) + (Missing.Count > MostNamed ? ", …" : "");
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{Missing.Count:N0} judged pages are not among the articles and count as empty lists: {names}"), new Style(Color.Yellow));
        }
    }

    /// <summary>The judgements that count.</summary>
    public Qrels Qrels { get; }

    /// <summary>Judged pages that are not indexed.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The lists, and how long they took.</summary>
    /// <param name="depth">Stories wanted of each.</param>
    /// <param name="rounds">Parts of the judged pages, each with what is to be done before it is asked for.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(TrecRun Lists, TimeSpan Took)> RunAsync(int depth, IReadOnlyList<ReplayRound> rounds, CancellationToken cancellation)
    {
        var newest = index.Articles.Ids.Max(Published)!.Value;
        var count = Qrels.Queries.Count - Missing.Count;
        var (session, done, before) = (index.Session, new LatestReport<int>(0), 0);
        var (took, runs) = (TimeSpan.Zero, new List<TrecRun>());
        await new Meter(terminal, session.Time).RunAsync(
            () => new Reading("Asking for lists", (double)(before + done.Value) / Math.Max(1, count), string.Create(CultureInfo.InvariantCulture, $"{before + done.Value:N0} of {count:N0}")),
            async () =>
            {
                foreach (var round in rounds)
                {
                    await round.PrepareAsync(cancellation);
                    var started = session.Time.GetTimestamp();
                    var pages = round.Pages.Except(Missing).Select(page => (page, asOf ? Published(page)!.Value : newest)).ToList();
                    runs.Add(await session.Get<ListReplay>().RunAsync(session.Site, pages, depth, done, cancellation));
                    took += session.Time.GetElapsedTime(started);
                    before += pages.Count;
                    ((IProgress<int>)done).Report(0);
                }
            });
        return (TrecRun.Join(runs), took);
    }

    private DateTimeOffset? Published(string id) => index.Articles.Find(id)?.Published;
}

/// <summary>A part of the judged pages.</summary>
/// <param name="PrepareAsync">What is to be done before they are asked for.</param>
/// <param name="Pages">Their ids.</param>
internal sealed record ReplayRound(Func<CancellationToken, Task> PrepareAsync, IReadOnlyCollection<string> Pages)
{
    /// <summary>All pages at once, as the index stands.</summary>
    public static IReadOnlyList<ReplayRound> All(Qrels qrels) => [new(_ => Task.CompletedTask, qrels.Queries)];
}
