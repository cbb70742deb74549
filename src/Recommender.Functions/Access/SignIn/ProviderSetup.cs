using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Recommender.Functions.Desk;

namespace Recommender.Functions.Access.SignIn;

/// <summary>The conversation with the OpenID Connect provider: code flow with PKCE, answers by redirect, so that every cookie can be SameSite=Lax.</summary>
internal sealed partial class ProviderSetup(IOptions<DeskOptions> desk, ClientProof proof, ILogger<ProviderSetup> logger) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    public const string Scheme = "Provider";
    public const string CallbackPath = "/desk/_sign-in/callback";
    public const string SignedOutPath = "/desk/_signed-out";

    private static readonly TimeSpan LongestDetour = TimeSpan.FromMinutes(15);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name != Scheme)
        {
            return;
        }

        var settings = desk.Value.SignIn;
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.RequireHttpsMetadata = Uri.TryCreate(settings.Authority, UriKind.Absolute, out var authority) && authority.Scheme == Uri.UriSchemeHttps;
        options.SignInScheme = DeskSession.Scheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.TokenValidationParameters.NameClaimType = settings.NameClaim;
        options.TokenValidationParameters.RoleClaimType = settings.RolesClaim;
        options.CallbackPath = CallbackPath;
        options.SignedOutCallbackPath = SignedOutPath + "/callback";
        options.SignedOutRedirectUri = SignedOutPath;

        // A provider that ends sessions through a hidden frame would have to be let frame the desk; sessions end by time instead.
        options.RemoteSignOutPath = PathString.Empty;
        options.RemoteAuthenticationTimeout = LongestDetour;
        options.CorrelationCookie = new HostCookie("desk-sign-in.") { Expiration = LongestDetour };
        options.NonceCookie = new HostCookie("desk-nonce.") { Expiration = LongestDetour };
        options.Events.OnAuthorizationCodeReceived = proof.AddAsync;
        options.Events.OnTokenValidated = KeepWhatCounts;
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = settings.ClientId;
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = Explain;
    }

    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

    // A token says much about a person; the session needs a name and the roles that the desk knows.
    private Task KeepWhatCounts(TokenValidatedContext context)
    {
        var settings = desk.Value.SignIn;
        var person = context.Principal!;
        var roles = new List<string>();
        foreach (var (theirs, ours) in new[] { (settings.EditorRole, DeskSession.EditorRole), (settings.OperatorRole, DeskSession.OperatorRole) })
        {
            roles.AddRange(person.HasClaim(settings.RolesClaim, theirs) ? [ours] : []);
        }

        var account = person.FindFirstValue("preferred_username") ?? person.FindFirstValue("email") ?? "";
        var subject = person.FindFirstValue(DeskSession.SubjectClaim)!;
        context.Principal = DeskSession.Principal(subject, person.FindFirstValue(settings.NameClaim) ?? (account.Length > 0 ? account : subject), account, roles);
        return Task.CompletedTask;
    }

    private Task Explain(RemoteFailureContext context)
    {
        LogFailed(context.Failure);
        context.HandleResponse();
        context.Response.Redirect($"{DeskSession.SignInPath}{QueryString.Create("failed", "true").Add("return", DeskSession.ReturnPath(context.Properties?.RedirectUri))}");
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in to the desk did not succeed.")]
    private partial void LogFailed(Exception? failure);
}
