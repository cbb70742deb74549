using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Recommender.Functions.Access.SignIn;
using Recommender.Sites;

namespace Recommender.Functions.Desk.SignIn;

/// <summary>Coming in and going out, the look that one likes, and the way to the first site.</summary>
internal static class SignInEndpoints
{
    private const string LookCookie = "desk-look";
    private static readonly TimeSpan LookIsKept = TimeSpan.FromDays(365);

    /// <summary>Maps them.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder desk, bool hasProvider)
    {
        desk.MapGet("/_sign-in", ([FromQuery(Name = "return")] string? wanted, bool? failed, HttpContext context) =>
            Show(hasProvider, wanted, failed is true ? "You are not signed in. The provider refused, or the answer took too long; try once more." : null, context)).AllowAnonymous();
        if (hasProvider)
        {
            desk.MapGet("/_sign-in/start", ([FromQuery(Name = "return")] string? wanted) =>
                TypedResults.Challenge(new AuthenticationProperties { RedirectUri = DeskSession.ReturnPath(wanted) }, [ProviderSetup.Scheme])).AllowAnonymous();
        }
        else
        {
            desk.MapPost("/_sign-in", (Delegate)ComeInAsync).AllowAnonymous();
        }

        desk.MapPost("/_sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync(DeskSession.Scheme);
            return hasProvider
                ? Results.SignOut(new AuthenticationProperties { RedirectUri = ProviderSetup.SignedOutPath }, [ProviderSetup.Scheme])
                : Results.Redirect(ProviderSetup.SignedOutPath);
        }).RequireAuthorization(policy => policy.AddAuthenticationSchemes(DeskSession.Scheme).RequireAuthenticatedUser());
        desk.MapGet("/_signed-out", () => DeskResults.Notice(StatusCodes.Status200OK, "You are signed out", "Others on this machine cannot act in your name any more.")).AllowAnonymous();
        desk.MapPost("/_look", ([FromForm] string? look, HttpContext context, TimeProvider time) =>
        {
            var cookie = new HostCookie(LookCookie) { Expiration = LookIsKept };
            context.Response.Cookies.Append(cookie.Name!, look is "light" or "dark" ? look : "auto", cookie.Build(context, time.GetUtcNow()));
            var from = Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var page) ? page.PathAndQuery : null;
            return Results.Redirect(DeskSession.ReturnPath(from));
        }).AllowAnonymous();
    }

    /// <summary>Maps <c>/desk</c>: the desk of the first site.</summary>
    public static void MapFrontDoor(this IEndpointRouteBuilder desk) => desk.MapGet("", (SiteCatalog sites) => sites.All is [var first, ..]
        ? Results.Redirect($"{DeskServices.Root}/{first.Id}")
        : DeskResults.Notice(StatusCodes.Status404NotFound, "There is no site yet", "Whoever runs this application adds one with the setting Recommender:Sites.")).RequireAuthorization(DeskAccess.Any);

    /// <summary>The look that somebody chose: <c>light</c>, <c>dark</c>, or null for the system's.</summary>
    public static string? LookOf(HttpContext context) => context.Request.Cookies[HostCookie.Prefix + LookCookie] is var look && look is "light" or "dark" ? look : null;

    private static IResult Show(bool hasProvider, string? wanted, string? problem, HttpContext context, string name = "", int status = StatusCodes.Status200OK) =>
        !hasProvider && !IsHere(context) ? Elsewhere() : DeskResults.Page<SignInPage>(
            new()
            {
                [nameof(SignInPage.HasProvider)] = hasProvider,
                [nameof(SignInPage.Return)] = DeskSession.ReturnPath(wanted),
                [nameof(SignInPage.Problem)] = problem,
                [nameof(SignInPage.Name)] = name,
            },
            status);

    // In Development only: whoever sits at this machine says who they are.
    private static async Task<IResult> ComeInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string? wanted = form["return"];
        if (!IsHere(context))
        {
            return Elsewhere();
        }

        var known = form["name"].ToString().Trim();
        if (known.Length == 0)
        {
            return Show(false, wanted, "Say who you are: the audit needs a name.", context, "", StatusCodes.Status400BadRequest);
        }

        ClaimsPrincipal person = DeskSession.Principal(known, known, "", form["role"].OfType<string>().Where(taken => taken is DeskSession.EditorRole or DeskSession.OperatorRole));
        await context.SignInAsync(DeskSession.Scheme, person);
        return Results.Redirect(DeskSession.ReturnPath(wanted));
    }

    // The host too, so that no name that somebody else lets point here will do.
    private static bool IsHere(HttpContext context) => DeskGuard.IsLoopback(context.Request.Host) && context.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender);

    private static IResult Elsewhere() => DeskResults.Notice(
        StatusCodes.Status403Forbidden, "Only on this machine", "Signing in on one's own word works in Development, from the machine that the application runs on, and under the name localhost.");
}
