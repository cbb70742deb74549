using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Recommender.Functions.Desk;

namespace Recommender.Functions.Access.SignIn;

/// <summary>An editor's session: an encrypted cookie with name and roles, and nothing kept on the server.</summary>
internal sealed class DeskSession(IOptions<DeskOptions> desk, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string Scheme = "Desk";
    public const string EditorRole = "editor";
    public const string OperatorRole = "operator";
    public const string NameClaim = "name";
    public const string RoleClaim = "role";
    public const string AccountClaim = "account";
    public const string SubjectClaim = "sub";
    public const string SignInPath = "/desk/_sign-in";

    private const string Began = "began";
    private const int LongestName = 100;

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != Scheme)
        {
            return;
        }

        options.Cookie = new HostCookie("desk");
        options.ExpireTimeSpan = TimeSpan.FromHours(Math.Min(desk.Value.IdleHours, desk.Value.SessionHours));
        options.SlidingExpiration = true;
        options.Events.OnSigningIn = Begin;
        options.Events.OnValidatePrincipal = EndInTimeAsync;
        options.Events.OnRedirectToLogin = AskToSignIn;
        options.Events.OnRedirectToAccessDenied = context => DeskResults.Denied(context.HttpContext).ExecuteAsync(context.HttpContext);
    }

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    /// <summary>Who a session is of.</summary>
    /// <param name="subject">What never changes about the person: the provider's own id.</param>
    /// <param name="name">What colleagues call the person.</param>
    /// <param name="account">What tells two of one name apart; empty when unknown.</param>
    /// <param name="roles">Any of <see cref="EditorRole"/> and <see cref="OperatorRole"/>.</param>
    public static ClaimsPrincipal Principal(string subject, string name, string account, IEnumerable<string> roles)
    {
        var shown = name.Length > LongestName ? name[..LongestName] : name;
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new(SubjectClaim, subject), new(NameClaim, shown), new(AccountClaim, account), .. roles.Select(role => new Claim(RoleClaim, role))], Scheme, NameClaim, RoleClaim));
    }

    /// <summary>The page of the desk that somebody wants to return to: nothing but a path of the desk, else its front page.</summary>
    public static string ReturnPath(string? wanted) =>
        wanted is not null && (wanted == "/desk" || wanted.StartsWith("/desk/", StringComparison.Ordinal) || wanted.StartsWith("/desk?", StringComparison.Ordinal))
        && !wanted.StartsWith("/desk/_", StringComparison.Ordinal) && !wanted.Any(letter => letter == '\\' || char.IsControl(letter)) ? wanted : "/desk";

    private Task Begin(CookieSigningInContext context)
    {
        context.Properties.Items[Began] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    // A cookie that is used is renewed, but not for ever: roles are asked anew at the next sign-in.
    private async Task EndInTimeAsync(CookieValidatePrincipalContext context)
    {
        if (!context.Properties.Items.TryGetValue(Began, out var text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var began)
            || began + TimeSpan.FromHours(desk.Value.SessionHours) <= time.GetUtcNow())
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }

    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
        {
            // A script asks: it must not take the sign-in page for an answer.
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // What was posted cannot be posted again after the detour; the page it was posted from can be shown.
        var wanted = HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString.ToUriComponent()
            : Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value ? from.PathAndQuery
            : null;
        context.Response.Redirect($"{SignInPath}{QueryString.Create("return", ReturnPath(wanted))}");
        return Task.CompletedTask;
    }
}
