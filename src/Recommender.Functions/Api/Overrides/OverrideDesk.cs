using Microsoft.AspNetCore.Http.HttpResults;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Sites;

namespace Recommender.Functions.Api.Overrides;

/// <summary>Answers editors' requests about overrides.</summary>
internal sealed class OverrideDesk(SiteCatalog sites, OverrideStore overrides, Publisher publisher, TimeProvider time)
{
    private const string PageKind = "page";

    /// <summary>The overrides of a scope.</summary>
    public async Task<IResult> ListAsync(string? siteId, OverrideScope scope, CancellationToken cancellation)
    {
        if (!sites.TryFind(siteId, null, out var site, out var unknown))
        {
            return unknown;
        }

        var now = time.GetUtcNow();
        var own = await overrides.ListAsync(site, scope, cancellation);
        if (scope.Kind != PageKind)
        {
            return TypedResults.Ok(new OverridesAnswer(scope.ToString(), [.. own.Select(rule => OverrideAnswer.Of(rule, now))]));
        }

        if (await publisher.GetAsync(site, scope.Name, cancellation) is not { } page)
        {
            return Problems.NotFound($"There is no article '{scope.Name}'.");
        }

        var inherited = new List<Override>();
        foreach (var wider in page.Topics.Select(topic => OverrideScope.Topic(topic.Slug)).Append(OverrideScope.Site))
        {
            inherited.AddRange(await overrides.ListAsync(site, wider, cancellation));
        }

        return TypedResults.Ok(new OverridesAnswer(scope.ToString(), [.. own.Select(rule => OverrideAnswer.Of(rule, now))], [.. inherited.Select(rule => OverrideAnswer.Of(rule, now))]));
    }

    /// <summary>Writes an override.</summary>
    public async Task<IResult> PutAsync(string? siteId, OverrideName name, OverrideBody body, HttpContext context, CancellationToken cancellation)
    {
        if (!sites.TryFind(siteId, null, out var site, out var unknown))
        {
            return unknown;
        }

        if (name.Scope.Kind == PageKind && await publisher.GetAsync(site, name.Scope.Name, cancellation) is null)
        {
            return Problems.NotFound($"There is no article '{name.Scope.Name}'.");
        }

        var reading = new OverrideReading(site, name.Scope, name.Kind, name.Key);
        if (await reading.ReadAsync(body, context.User.Identity?.Name ?? "", publisher, cancellation) is not { } rule)
        {
            return Problems.Fields(reading.Errors);
        }

        var before = await FindAsync(site, rule.Scope, rule.Kind, rule.Key, cancellation);
        if (OverrideConditions.Read(context.Request, before, out var condition) is { } wrong)
        {
            return wrong;
        }

        try
        {
            var written = OverrideAnswer.Of(await overrides.PutAsync(site, rule, condition, cancellation), time.GetUtcNow());
            context.Response.Headers.ETag = written.ETag;
            return before is null ? TypedResults.Created(ListOf(context.Request), written) : TypedResults.Ok(written);
        }
        catch (OverrideConflictException conflict)
        {
            return Stale(conflict.Current);
        }
    }

    /// <summary>Deletes an override.</summary>
    public async Task<IResult> DeleteAsync(string? siteId, OverrideName name, string? author, HttpContext context, CancellationToken cancellation)
    {
        if (!sites.TryFind(siteId, null, out var site, out var unknown))
        {
            return unknown;
        }

        var key = await KeyAsync(site, name, cancellation);
        if (OverrideConditions.Read(context.Request, await FindAsync(site, name.Scope, name.Kind, key, cancellation), out var condition) is { } wrong)
        {
            return wrong;
        }

        try
        {
            var by = string.IsNullOrWhiteSpace(author) ? context.User.Identity?.Name ?? "" : author.Trim();
            return await overrides.DeleteAsync(site, name.Scope, name.Kind, key, condition, by, cancellation)
                ? TypedResults.NoContent()
                : Problems.NotFound($"There is no such {name.Kind} in {name.Scope}.");
        }
        catch (OverrideConflictException conflict)
        {
            return Stale(conflict.Current);
        }
    }

    private async Task<Override?> FindAsync(Site site, OverrideScope scope, string kind, string key, CancellationToken cancellation) =>
        (await overrides.ListAsync(site, scope, cancellation)).FirstOrDefault(rule => rule.Kind == kind && rule.Key == key);

    private async Task<string> KeyAsync(Site site, OverrideName name, CancellationToken cancellation) =>
        name.Kind == Pin.Name ? OverrideReading.TrySlot(name.Key, out var slot, out var turn) ? Pin.KeyOf(slot, turn) : name.Key
        : name.Key.Contains("://", StringComparison.Ordinal) ? await publisher.FindAsync(site, name.Key, cancellation) ?? name.Key
        : name.Key;

    private ProblemHttpResult Stale(Override? current) => Problems.Changed(
        current is null ? "It is not there any more, or never was in that version." : "Someone changed it meanwhile; look at what is there now and decide again.",
        current is null ? null : OverrideAnswer.Of(current, time.GetUtcNow()));

    // Where what was written can be read: the overrides of its scope.
    private static string ListOf(HttpRequest request) =>
        string.Join('/', request.PathBase.Add(request.Path).ToUriComponent().Split('/')[..^2]) + request.QueryString.ToUriComponent();
}
