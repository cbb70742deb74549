using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Recommender.Functions.Access;

/// <summary>Tells by the header <c>X-Api-Key</c>, or <c>Authorization: Bearer</c>, who asks and what that key opens.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptionsMonitor<AccessOptions> access,
    IProblemDetailsService problems) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";
    private const int LongestKey = 512;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented() is not { } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (presented.Length > LongestKey || ApiKey.Find(access.CurrentValue.Keys, presented) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.Fail("The API key is not known."));
        }

        var claims = key.Scopes.Select(scope => new Claim(ScopeClaim, scope)).Prepend(new Claim(ClaimTypes.Name, key.Name));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"More Stories\"";
        var detail = Presented() is null ? $"Send an API key in the header {Header} or as a bearer token." : "The API key is not known.";
        await WriteAsync(StatusCodes.Status401Unauthorized, detail);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>()?.Policy;
        await WriteAsync(StatusCodes.Status403Forbidden, $"This API key has not the scope '{needed}'.");
    }

    private string? Presented()
    {
        if (Request.Headers[Header].ToString() is { Length: > 0 } key)
        {
            return key;
        }

        var authorization = Request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }

    private async Task WriteAsync(int status, string detail)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = Context, ProblemDetails = { Status = status, Detail = detail } });
    }
}
