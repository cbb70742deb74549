using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Recommender.Functions.Tests.Desk;

/// <summary>A small OpenID Connect provider on a real server: discovery, keys, authorization with code and PKCE, token, end of session. Whoever comes is the person that the test says.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    public const string Client = "more-stories-desk";
    public const string Secret = "a secret of the tests";

    private readonly WebApplication app;
    private readonly RSA rsa = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Authorization> codes = new(StringComparer.Ordinal);

    private TestProvider(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    /// <summary>Who signs in.</summary>
    public IReadOnlyList<Claim> Person { get; set; } = [];

    /// <summary>Whether authorization is refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>Another audience than the client in the tokens it gives.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether tokens are signed by a key that is not published.</summary>
    public bool SignsWithUnknownKey { get; set; }

    /// <summary>Proofs of clients at the token endpoint.</summary>
    public ConcurrentQueue<(string? Secret, string? Assertion)> Proofs { get; } = new();

    public static async Task<TestProvider> StartAsync()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = provider.Address,
            ["authorization_endpoint"] = provider.Address + "/authorize",
            ["token_endpoint"] = provider.Address + "/token",
            ["jwks_uri"] = provider.Address + "/keys",
            ["end_session_endpoint"] = provider.Address + "/end",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(provider.rsa.ExportParameters(false)) { KeyId = "1" });
            return Results.Json(new { keys = new[] { new { kty = key.Kty, n = key.N, e = key.E, kid = key.Kid, use = "sig", alg = "RS256" } } });
        });
        app.MapGet("/authorize", (HttpRequest request) => provider.Authorize(request.Query));
        app.MapPost("/token", async (HttpRequest request) => provider.Redeem(await request.ReadFormAsync()));
        app.MapGet("/end", (HttpRequest request) => Results.Redirect(request.Query["post_logout_redirect_uri"] + QueryString.Create("state", request.Query["state"].ToString()).ToString()));
        await app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private IResult Authorize(IQueryCollection query)
    {
        if (query["client_id"] != Client || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || query["nonce"].Count == 0 || !query["scope"].ToString().Contains("openid", StringComparison.Ordinal))
        {
            return Results.BadRequest("This is no authorization request with code and PKCE.");
        }

        if (Refuses)
        {
            return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["error"] = "access_denied", ["state"] = query["state"] }));
        }

        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        codes[code] = new Authorization(query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!);
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private IResult Redeem(IFormCollection form)
    {
        Proofs.Enqueue((form["client_secret"], form["client_assertion"]));
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!codes.TryRemove(form["code"].ToString(), out var known) || known.Challenge != challenge || known.RedirectUri != form["redirect_uri"]
            || (form["client_secret"] != Secret && form["client_assertion"].Count == 0))
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        using var unknown = RSA.Create(2048);
        var key = new RsaSecurityKey((SignsWithUnknownKey ? unknown : rsa).ExportParameters(true)) { KeyId = "1" };
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = true }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience ?? Client,
            Subject = new ClaimsIdentity([.. Person, new Claim("nonce", known.Nonce)]),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "unused", token_type = "Bearer", expires_in = 300, id_token = token });
    }

    private sealed record Authorization(string Nonce, string Challenge, string RedirectUri);
}
