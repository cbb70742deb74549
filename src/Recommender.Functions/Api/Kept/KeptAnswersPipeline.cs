using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Recommender.Changes;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Functions.Api.Kept;

/// <summary>
/// Gives kept answers before anything of the pipeline costs time, and keeps those that the pipeline makes. What the pipeline does for every list is done here too: limits count, and lists are measured.
/// </summary>
internal sealed class KeptAnswersPipeline(
    RequestDelegate next, KeptAnswers answers, ChangeFollower changes, Measurements measurements, TimeProvider time, IOptions<RateLimiterOptions> limits)
{
    private const string Kind = "answer";

    /// <summary>Puts it before everything that comes after.</summary>
    public static void Use(IApplicationBuilder app) => app.Use(next => ActivatorUtilities.CreateInstance<KeptAnswersPipeline>(app.ApplicationServices, next).InvokeAsync);

    /// <summary>Answers a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!AnswerKey.TryOf(context, out var key))
        {
            return next(context);
        }

        var now = time.GetUtcNow();
        return !answers.TryGet(key, now, out var answer) ? MakeAsync(context, key)
            : changes.IsCurrent(answer.Origin.Site, now) ? GiveAsync(context, answer, now)
            : CatchUpAsync(context, key, answer.Origin.Site);
    }

    private async Task CatchUpAsync(HttpContext context, AnswerKey key, Site site)
    {
        await changes.TryCatchUpAsync(site, context.RequestAborted);
        var now = time.GetUtcNow();
        await (answers.TryGet(key, now, out var answer) ? GiveAsync(context, answer, now) : MakeAsync(context, key));
    }

    private Task GiveAsync(HttpContext context, KeptAnswer answer, DateTimeOffset now)
    {
        using var lease = limits.Value.GlobalLimiter?.AttemptAcquire(context);
        if (lease is { IsAcquired: false })
        {
            // The pipeline asks again, and says what is to be said.
            return next(context);
        }

        measurements.CacheAsked(Kind);
        measurements.ListAnswered(answer.Origin.Figures, now);
        context.SetEndpoint(answer.Endpoint);
        return answer.WriteAsync(context);
    }

    private Task MakeAsync(HttpContext context, AnswerKey key)
    {
        var slot = new AnswerSlot();
        context.Features.Set(slot);

        // Registered first, so it runs last, when every header is there; and before the first byte leaves, so whoever has the answer finds it kept.
        context.Response.OnStarting(() =>
        {
            Keep(context, key, slot);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Keep(HttpContext context, AnswerKey key, AnswerSlot slot)
    {
        if (slot.Origin is not { } origin)
        {
            return;
        }

        measurements.CacheAsked(Kind);
        measurements.CacheMissed(Kind);
        var now = time.GetUtcNow();
        var latest = now + KeptAnswers.Lifetime;
        answers.Keep(key, new KeptAnswer
        {
            Origin = origin,
            Made = now,
            Until = origin.Until < latest ? origin.Until : latest,
            Endpoint = context.GetEndpoint(),
            ETag = slot.ETag,
            Headers = [.. context.Response.Headers.Where(IsKept)],
            ContentType = slot.ContentType,
            ContentEncoding = slot.ContentEncoding,
            Body = slot.Body,
        });
    }

    // The server says the date, and content has headers of its own.
    private static bool IsKept(KeyValuePair<string, StringValues> header) =>
        !header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
        && !header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where <see cref="CachedContent"/> leaves what it gave, for it to be kept.</summary>
internal sealed class AnswerSlot
{
    /// <summary>What it was made of; null when there is nothing to keep.</summary>
    public AnswerOrigin? Origin { get; set; }

    /// <summary>Strong tag of the bytes.</summary>
    public string ETag { get; set; } = "";

    /// <summary>Type of the content.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>Encoding of the bytes; empty for none.</summary>
    public string ContentEncoding { get; set; } = "";

    /// <summary>The bytes as they are sent.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }
}
