using System.Text.Json;
using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>What the queue's functions do with its messages. What they throw has the host deliver the message again, five times in all, and then to the queue of what could not be done.</summary>
public sealed partial class QueuedRuns(SiteCatalog sites, Reindexer reindexer, ReindexRuns runs, ILogger<QueuedRuns> logger)
{
    /// <summary>Name of the function that works on a run.</summary>
    public const string Run = "RunReindex";

    /// <summary>Name of the function that ends a run that nobody could work on.</summary>
    public const string GiveUp = "GiveUpReindex";

    private const string Reason = "It was given up: five instances in a row ended before it did.";

    /// <summary>Handles a message.</summary>
    /// <param name="function">Name of the function that it set off.</param>
    /// <param name="message">Its text: a <see cref="RunOrder"/> in JSON.</param>
    /// <param name="cancellation">Stops it: the message comes again.</param>
    /// <returns>A line on what happened.</returns>
    /// <exception cref="InvalidDataException">The message is no order for a run that is known.</exception>
    /// <exception cref="InvalidOperationException">The run ended badly, or there is no such function.</exception>
    public async Task<string> TakeAsync(string function, string message, CancellationToken cancellation)
    {
        var line = function switch
        {
            Run => await RunAsync(message, cancellation),
            GiveUp => await GiveUpAsync(message, cancellation),
            _ => throw new InvalidOperationException($"No function of a queue is called '{function}'."),
        };
        LogSaid(function, line);
        return line;
    }

    private async Task<string> RunAsync(string message, CancellationToken cancellation)
    {
        var (site, id) = Read(message) ?? throw new InvalidDataException($"This is no order for a run of a site that is configured: {Start(message)}");
        if (await reindexer.GetAsync(site, id, cancellation) is not { } run)
        {
            return $"{site.Id}: there is no run {id} any more.";
        }

        if (run.Ended is not null)
        {
            return $"{site.Id}: run {id} has ended.";
        }

        // Whoever is at it may die; then the sweep goes on with it.
        return await runs.TryExecuteAsync(site, id, cancellation) is not { } ended ? $"{site.Id}: another process is at run {id}."
            : ended.State is RunState.Succeeded ? $"{site.Id}: run {id}: {ended.Articles} articles."
            : throw new InvalidOperationException($"{site.Id}: run {id}: {(ended.Errors.Count == 0 ? "it did not end well." : ended.Errors[^1])}");
    }

    private async Task<string> GiveUpAsync(string message, CancellationToken cancellation) =>
        Read(message) is not var (site, id) ? $"This was no order for a run of a site that is configured: {Start(message)}"
        : await runs.TryGiveUpAsync(site, id, Reason, cancellation) ? $"{site.Id}: run {id} was given up."
        : $"{site.Id}: run {id} has ended, or another process is at it.";

    private (Site Site, string Run)? Read(string message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, TriggersJson.Default.RunOrder) is { Site: { } id, Run: { } run } && sites.TryGet(id, out var site) ? (site, run) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Start(string message) => message.Length <= 200 ? message : message[..200];

    [LoggerMessage(Level = LogLevel.Information, Message = "{Function} {Line}")]
    private partial void LogSaid(string function, string line);
}
