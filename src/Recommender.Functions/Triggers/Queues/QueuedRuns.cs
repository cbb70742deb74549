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
        var (site, order) = Read(message) ?? throw new InvalidDataException($"This is no order for a run of a site that is configured: {Start(message)}");
        if (order is { Stage: { } stage, Block: { } block })
        {
            return await reindexer.HelpAsync(site, order.Run, stage, block, cancellation)
                ? $"{site.Id}: run {order.Run}: block {block} of {stage}."
                : $"{site.Id}: run {order.Run} needs no help with block {block}.";
        }

        if (await reindexer.GetAsync(site, order.Run, cancellation) is not { } run)
        {
            return $"{site.Id}: there is no run {order.Run} any more.";
        }

        if (run.Ended is not null)
        {
            return $"{site.Id}: run {run.Id} has ended.";
        }

        // Whoever is at it may die; then the sweep goes on with it.
        return await runs.ExecuteAsync(site, run.Id, cancellation) switch
        {
            { State: RunState.Succeeded } ended => $"{site.Id}: run {ended.Id}: {ended.Articles} articles.",
            { State: RunState.Failed } ended => throw new InvalidOperationException($"{site.Id}: run {ended.Id}: {(ended.Errors.Count == 0 ? "it did not end well." : ended.Errors[^1])}"),
            { State: RunState.Paused or RunState.Cancelled } stopped => $"{site.Id}: run {stopped.Id} was {stopped.State.ToString().ToLowerInvariant()}.",
            var other => $"{site.Id}: another process is at run {other.Id}.",
        };
    }

    private async Task<string> GiveUpAsync(string message, CancellationToken cancellation) =>
        Read(message) is not var (site, order) ? $"This was no order for a run of a site that is configured: {Start(message)}"
        : order.Block is { } block ? $"{site.Id}: run {order.Run}: block {block} is left to the instance that leads it."
        : await runs.TryGiveUpAsync(site, order.Run, Reason, cancellation) ? $"{site.Id}: run {order.Run} was given up."
        : $"{site.Id}: run {order.Run} has ended, or another process is at it.";

    private (Site Site, RunOrder Order)? Read(string message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, TriggersJson.Default.RunOrder) is { Site: { } id, Run: not null } order && sites.TryGet(id, out var site) ? (site, order) : null;
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
