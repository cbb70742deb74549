using System.Net;
using System.Security.Claims;
using Azure.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>Coming to the desk through an OpenID Connect provider, from the first redirect to the session.</summary>
public sealed class ProviderSignInTests : IAsyncLifetime
{
    private TestProvider provider = null!;
    private Deployment deployment = null!;

    public async Task InitializeAsync()
    {
        provider = await TestProvider.StartAsync();
        provider.Person = [new("sub", "42"), new("name", "Ines Calloway"), new("preferred_username", "ines@gazette.example"), new("roles", "editor"), new("roles", "Accounts.Reader")];
        deployment = Deployment.Start(Settings());
    }

    public async Task DisposeAsync()
    {
        await deployment.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task An_editor_comes_in_by_code_and_PKCE_and_returns_to_the_page_that_was_wanted()
    {
        var browser = new DeskBrowser(deployment);
        using var door = await browser.GetAsync("/desk/gazette/pages?q=ferry");
        var page = await browser.ReadAsync(door.Headers.Location!.ToString());
        Assert.Contains("/desk/_sign-in/start?return=%2Fdesk%2Fgazette%2Fpages%3Fq%3Dferry", page, StringComparison.Ordinal);

        var back = await SignInAsync(browser, "/desk/gazette/pages?q=ferry");

        Assert.Equal("/desk/gazette/pages?q=ferry", back);
        var pages = await browser.ReadAsync("/desk/gazette/pages");
        Assert.Contains("Ines Calloway", pages, StringComparison.Ordinal);
        Assert.Contains("ines@gazette.example", pages, StringComparison.Ordinal);
        Assert.Contains(TestProvider.Secret, Assert.Single(provider.Proofs).Secret, StringComparison.Ordinal);
        Assert.Equal(["__Host-desk", "__Host-desk-form"], browser.SetCookies.Where(cookie => cookie.Value.Value.Length > 0 && !(cookie.Value.Expires < deployment.Time.GetUtcNow())).Select(cookie => cookie.Key)
            .Where(name => !name.StartsWith("__Host-desk-sign-in.", StringComparison.Ordinal) && !name.StartsWith("__Host-desk-nonce.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(browser.SetCookies, cookie => Assert.True(cookie.Key.StartsWith("__Host-", StringComparison.Ordinal) && cookie.Value is { Secure: true, HttpOnly: true, SameSite: Microsoft.Net.Http.Headers.SameSiteMode.Lax }, cookie.Value.ToString()));
    }

    [Fact]
    public async Task Roles_are_the_provider_s_and_no_others()
    {
        provider.Person = [new("sub", "7"), new("name", "Olga"), new("roles", "operator"), new("role", "editor"), new(ClaimTypes.Role, "editor")];
        var browser = new DeskBrowser(deployment);
        await SignInAsync(browser, "/desk/gazette");

        Assert.Contains("Write all lists anew", await browser.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
        using var pages = await browser.GetAsync("/desk/gazette/pages");
        Assert.Equal(HttpStatusCode.Forbidden, pages.StatusCode);
    }

    [Fact]
    public async Task Somebody_without_a_role_is_told_so()
    {
        provider.Person = [new("sub", "8"), new("name", "A reader")];
        var browser = new DeskBrowser(deployment);
        await SignInAsync(browser, "/desk/gazette");

        using var answer = await browser.GetAsync("/desk/gazette");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("neither as editor nor as operator", page, StringComparison.Ordinal);
        Assert.Contains("Sign out", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("audience")]
    [InlineData("key")]
    public async Task What_the_provider_did_not_vouch_for_is_no_session(string fault)
    {
        (provider.Refuses, provider.Audience, provider.SignsWithUnknownKey) = (fault == "refused", fault == "audience" ? "another-client" : null, fault == "key");
        var browser = new DeskBrowser(deployment);

        var back = await SignInAsync(browser, "/desk/gazette");

        Assert.StartsWith("/desk/_sign-in?failed=true", back, StringComparison.Ordinal);
        Assert.Contains("You are not signed in", await browser.ReadAsync(back), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-desk", browser.SetCookies.Keys);
        using var desk = await browser.GetAsync("/desk/gazette");
        Assert.Equal(HttpStatusCode.Redirect, desk.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_refused()
    {
        var asker = new DeskBrowser(deployment);
        using var start = await asker.GetAsync("/desk/_sign-in/start");
        using var authorized = await asker.SendAsync(HttpMethod.Get, start.Headers.Location!.ToString());
        var victim = new DeskBrowser(deployment);

        using var answer = await victim.GetAsync(new Uri(authorized.Headers.Location!.ToString()).PathAndQuery);

        Assert.StartsWith("/desk/_sign-in?failed=true", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-desk", victim.SetCookies.Keys);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_the_provider_too()
    {
        var browser = new DeskBrowser(deployment);
        await SignInAsync(browser, "/desk/gazette");

        using var answer = await browser.PostAsync("/desk/gazette", "/desk/_sign-out");

        var end = answer.Headers.Location!;
        Assert.Equal($"{provider.Address}/end", end.GetLeftPart(UriPartial.Path));
        Assert.Equal($"{browser.Origin}/desk/_signed-out/callback", QueryHelpers.ParseQuery(end.Query)["post_logout_redirect_uri"]);
        using var desk = await browser.GetAsync("/desk/gazette");
        Assert.Equal(HttpStatusCode.Redirect, desk.StatusCode);
        using var closing = await browser.SendAsync(HttpMethod.Get, end.ToString());
        using var last = await browser.GetAsync(new Uri(closing.Headers.Location!.ToString()).PathAndQuery);
        Assert.Equal("/desk/_signed-out", new Uri(new Uri(browser.Origin), last.Headers.Location!).AbsolutePath);

        // Browsers hold the redirects of a form to this too.
        Assert.Contains($"form-action 'self' {provider.Address};", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_identity_s_token_can_stand_for_the_secret()
    {
        await using var federated = Deployment.Start(
            services => services.AddSingleton<TokenCredential>(new GivenToken()), [.. Settings().Where(setting => !setting.Key.EndsWith("ClientSecret", StringComparison.Ordinal)), ("Desk:SignIn:FederatedIdentity", "system")]);
        var browser = new DeskBrowser(federated);

        Assert.Equal("/desk/gazette", await SignInAsync(browser, "/desk/gazette"));

        var (secret, assertion) = Assert.Single(provider.Proofs);
        Assert.True(string.IsNullOrEmpty(secret));
        Assert.Equal(GivenToken.Text, assertion);
    }

    [Fact]
    public async Task Behind_a_proxy_the_redirect_goes_to_the_address_that_editors_open()
    {
        await using var proxied = Deployment.Start([.. Settings(), ("Desk:Origin", "https://stories.gazette.example")]);

        using var start = await proxied.SendAsync(HttpMethod.Get, "/desk/_sign-in/start", null, null, ("Host", "10.0.0.7:8080"), ("X-Forwarded-Host", "evil.example"));

        Assert.Equal("https://stories.gazette.example/desk/_sign-in/callback", QueryHelpers.ParseQuery(start.Headers.Location!.Query)["redirect_uri"]);
    }

    [Fact]
    public async Task Sessions_and_forms_of_one_instance_are_understood_by_every_other()
    {
        var store = Path.Combine(Directory.CreateTempSubdirectory("shared-").FullName, "stories.db");
        await using var one = Deployment.Start([.. Settings(), ("Recommender:Store", $"sqlite:{store}")]);
        await using var two = Deployment.Start([.. Settings(), ("Recommender:Store", $"sqlite:{store}")]);
        var browser = new DeskBrowser(one);
        await SignInAsync(browser, "/desk/gazette");
        using var seen = await browser.GetAsync("/desk/gazette");

        using var elsewhere = await two.SendAsync(HttpMethod.Get, "/desk/gazette", null, null, ("Cookie", seen.RequestMessage!.Headers.GetValues("Cookie").Single()));

        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Without_a_provider_outside_Development_the_desk_says_that_it_is_closed()
    {
        await using var closed = Deployment.Start();

        foreach (var path in new[] { "/desk", "/desk/gazette", "/desk/_sign-in", "/desk/gazette/pages/x" })
        {
            using var answer = await closed.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("Desk:SignIn:Authority", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var post = await new DeskBrowser(closed).SubmitAsync("/desk/_sign-in", null, [("name", "Ines"), ("role", "editor")]);
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_refused_by_name()
    {
        var failures = await Deployment.FailToStartAsync(
            ("Desk:Origin", "stories.example/"), ("Desk:IdleHours", "0"), ("Desk:Sites:gazette:Colour", "blue"), ("Desk:Sites:herald:Colour", "#112233"),
            ("Desk:SignIn:Authority", "http://login.example"), ("Desk:SignIn:ClientSecret", "a"), ("Desk:SignIn:FederatedIdentity", "system"), ("Desk:SignIn:OperatorRole", "editor"));

        var all = string.Join('\n', failures);
        Assert.All(new[] { "Desk:Origin", "IdleHours", "Desk:Sites:gazette:Colour", "'herald'", "Desk:SignIn:Authority", "Desk:SignIn:ClientId", "not both", "both 'editor'" }, part => Assert.Contains(part, all, StringComparison.Ordinal));
        Assert.Contains("Desk:SignIn:Authority is missing", Assert.Single(await Deployment.FailToStartAsync(("Desk:SignIn:ClientId", "desk"))), StringComparison.Ordinal);
    }

    private (string Key, string? Value)[] Settings() =>
        [("Desk:SignIn:Authority", provider.Address), ("Desk:SignIn:ClientId", TestProvider.Client), ("Desk:SignIn:ClientSecret", TestProvider.Secret)];

    // Follows the redirects to the provider and back, and returns where one ends up.
    private static async Task<string> SignInAsync(DeskBrowser browser, string wanted)
    {
        using var start = await browser.GetAsync("/desk/_sign-in/start?return=" + Uri.EscapeDataString(wanted));
        Assert.Equal(HttpStatusCode.Redirect, start.StatusCode);
        using var authorized = await browser.SendAsync(HttpMethod.Get, start.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, authorized.StatusCode);
        using var signedIn = await browser.GetAsync(new Uri(authorized.Headers.Location!.ToString()).PathAndQuery);
        return signedIn.Headers.Location!.ToString();
    }

    private sealed class GivenToken : TokenCredential
    {
        public const string Text = "token of a managed identity";

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Assert.Equal(["api://AzureADTokenExchange/.default"], requestContext.Scopes);
            return new AccessToken(Text, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
