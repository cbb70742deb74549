using System.Globalization;
using Recommender.Articles;
using Recommender.Cli.Terminals;
using Recommender.Ingestion;

namespace Recommender.Cli.Importing;

/// <summary>The counts of one import, kept by the reader and the writer of articles and looked at by whoever shows them.</summary>
internal sealed class ImportTally(int sources, TimeProvider time)
{
    private readonly int[] outcomes = new int[Enum.GetValues<PublishOutcome>().Length];
    private readonly long started = time.GetTimestamp();
    private readonly LatestReport<SourceProgress> progress = new(default);
    private int sourcesRead;
    private int read;
    private int done;
    private volatile bool isReading = true;

    /// <summary>How far the source at hand is read.</summary>
    public IProgress<SourceProgress> Progress => progress;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>Articles a second.</summary>
    public double Rate => Done / Math.Max(Elapsed.TotalSeconds, 0.001);

    /// <summary>Articles whose outcome is known, good or bad.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Articles that are no articles, or conflict with one.</summary>
    public int Bad => this[PublishOutcome.Invalid] + this[PublishOutcome.Conflict];

    /// <summary>Articles that came to that.</summary>
    public int this[PublishOutcome outcome] => Volatile.Read(ref outcomes[(int)outcome]);

    /// <summary>An article was read.</summary>
    public void AddRead() => Interlocked.Increment(ref read);

    /// <summary>It came to that.</summary>
    public void Add(PublishOutcome outcome)
    {
        Interlocked.Increment(ref outcomes[(int)outcome]);
        Interlocked.Increment(ref done);
    }

    /// <summary>A source was read to its end, or as far as it could be.</summary>
    public void EndSource()
    {
        Interlocked.Increment(ref sourcesRead);
        progress.Report(default);
    }

    /// <summary>Nothing more will be read.</summary>
    public void EndReading() => isReading = false;

    /// <summary>How far the import is. What is read is ahead of what is written, so the share is that of what is written.</summary>
    public Reading Read()
    {
        var (ahead, written) = (Volatile.Read(ref read), Done);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{written:N0} articles, {Rate:N0}/s");
        if (!isReading && written >= ahead)
        {
            return new Reading("Finding related stories", null, detail);
        }

        var here = progress.Value is { Total: > 0 and var total } at ? Math.Min(1, (double)at.Done / total) : 0;
        var share = isReading ? (sourcesRead + here) / sources : 1;
        return new Reading("Publishing", share == 0 || ahead == 0 ? null : Math.Min(1, share * written / ahead), detail);
    }
}
