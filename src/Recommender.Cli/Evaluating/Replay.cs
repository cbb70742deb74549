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
    public async Task<(TrecRun Lists, TimeSpan Took)> RunAsync(int depth, CancellationToken cancellation)
    {
        var newest = index.Articles.Ids.Max(Published)!.Value;
        var pages = Qrels.Queries.Except(Missing).Select(query => (query, asOf ? Published(query)!.Value : newest)).ToList();
        var (session, done) = (index.Session, new LatestReport<int>(0));
        var started = session.Time.GetTimestamp();
        TrecRun? run = null;
        await new Meter(terminal, session.Time).RunAsync(
            () => new Reading("Asking for lists", (double)done.Value / Math.Max(1, pages.Count), string.Create(CultureInfo.InvariantCulture, $"{done.Value:N0} of {pages.Count:N0}")),
            async () => run = await session.Get<ListReplay>().RunAsync(session.Site, pages, depth, done, cancellation));
        return (run!, session.Time.GetElapsedTime(started));
    }

    private DateTimeOffset? Published(string id) => index.Articles.Find(id)?.Published;
}
