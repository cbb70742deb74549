using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Recommender.Functions.Access.SignIn;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Functions.Desk;

/// <summary>Watches over every request to the desk, so that no page has to: headers, transport, where a post comes from and its token, and the site that is meant.</summary>
internal static partial class DeskGuard
{
    // A form of the desk has a note of 1,000 characters and a few short fields; a pasted draft is the longest.
    private const long LongestBody = 512 * 1024;

    /// <summary>What a request to the desk passes before it is known who asks.</summary>
    public static void UseDeskTransport(this IApplicationBuilder app)
    {
        // Read with the first request: by then all options have been checked, and every wrong one was named.
        var settings = new Lazy<(Uri? Origin, string Policy)>(() =>
        {
            var options = app.ApplicationServices.GetRequiredService<IOptions<DeskOptions>>().Value;
            return (options.Origin is { } origin ? new Uri(origin) : null, DeskHeaders.Policy(options.SignIn.Authority));
        });
        app.UseWhen(context => context.Request.Path.StartsWithSegments(DeskServices.Root), desk => desk.Use(async (context, next) =>
        {
            var (origin, policy) = settings.Value;
            context.Response.OnStarting(() =>
            {
                DeskHeaders.Set(context.Response, policy);
                return Task.CompletedTask;
            });
            if (origin is not null)
            {
                context.Request.Scheme = origin.Scheme;
                context.Request.Host = new HostString(origin.Authority);
            }

            if (!context.Request.IsHttps && !IsLoopback(context.Request.Host))
            {
                await DeskResults.Notice(
                    StatusCodes.Status400BadRequest,
                    "Only over https",
                    "The desk is served over https only, since browsers keep its session from anything else. Behind a proxy that does not say so itself, set Desk:Origin to the address that editors open.").ExecuteAsync(context);
                return;
            }

            await ExplainFailuresAsync(context, next);
        }));
    }

    /// <summary>What a request to the desk passes once it is known who asks and that they may.</summary>
    public static void UseDeskGuard(this IApplicationBuilder app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<DeskEndpoint>() is not null,
        desk => desk.Use(async (context, next) =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = LongestBody;
            }

            // An endpoint that is open to all has no policy that would have asked: but who is signed in is shown, and tokens are tied to it.
            if (DeskEditor.Of(context.User) is null)
            {
                context.User = (await context.AuthenticateAsync(DeskSession.Scheme)).Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
            }

            if (!HttpMethods.IsGet(context.Request.Method) && await ForgedAsync(context))
            {
                await DeskResults.Notice(
                    StatusCodes.Status400BadRequest,
                    "This form is not from here",
                    "It was not sent from a page of this desk, or from one that was opened before you last signed in. Nothing was changed. Go back, reload the page and send it again.").ExecuteAsync(context);
                return;
            }

            if (context.GetRouteValue("site") is string id && !Open(context, id))
            {
                await DeskResults.Missing().ExecuteAsync(context);
                return;
            }

            if (HttpMethods.IsGet(context.Request.Method) && context.RequestServices.GetRequiredService<DeskFlash>().Take(context) is { } message)
            {
                context.Features.Set(message);
            }

            await next(context);
        }));

    /// <summary>Whether a host is this machine's own name for itself.</summary>
    public static bool IsLoopback(HostString host) => host.Host is "localhost" or "127.0.0.1" or "[::1]";

    // Each of the three alone stops a forged post: what browsers say of the sender, the page it came from, and a token that no other site can read.
    private static async Task<bool> ForgedAsync(HttpContext context)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        return request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
            || (origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase))
            || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }

    private static bool Open(HttpContext context, string id)
    {
        var sites = context.RequestServices.GetRequiredService<SiteCatalog>();
        if (!sites.TryGet(id, out var site) || DeskEditor.Of(context.User) is not { } editor)
        {
            return false;
        }

        context.Features.Set(new DeskRequest { Site = site, Sites = sites.All, Editor = editor, Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() });
        return true;
    }

    private static async Task ExplainFailuresAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var (status, title, text) = failure switch
            {
                BadHttpRequestException bad => (bad.StatusCode, "This cannot be read", bad.Message),
                TableUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The store does not answer", "Readers go on seeing the lists that were read before. Nothing can be changed until it answers again; try in a minute."),
                _ => (StatusCodes.Status500InternalServerError, "Something went wrong", "The fault is written in the application's log. What you sent may not have been done; look before you send it again."),
            };
            if (failure is not BadHttpRequestException)
            {
                LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DeskGuard)), failure, context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            await DeskResults.Notice(status, title, text).ExecuteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception failure, string method, PathString path);
}
