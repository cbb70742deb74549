using System.Net;
using Microsoft.AspNetCore.Routing;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>Nobody without the role reaches any page or action of the desk, whatever is mapped.</summary>
public sealed class DeskSecurityTests : IAsyncLifetime
{
    private const string Everyone = "Ines";
    private readonly Deployment deployment = Deployment.Start("Development", ("Api:RequestsPerSecond", "0"));

    public Task InitializeAsync() => deployment.PublishFerriesAsync();

    public async Task DisposeAsync() => await deployment.DisposeAsync();

    [Fact]
    public void Every_route_of_the_desk_is_watched_and_says_who_may_use_it()
    {
        var routes = DeskRoutes.All(deployment);

        Assert.True(routes.Count >= 12);
        Assert.All(routes, route => Assert.Contains(route.Endpoint.Metadata, item => item.GetType().Name == "DeskEndpoint"));
        Assert.All(routes, route => Assert.True(
            DeskRoutes.IsOpen(route.Endpoint) || DeskRoutes.Roles(route.Endpoint).Count > 0 || route.Path == "/desk/_sign-out", $"{route.Method} {route.Path} is open to anybody who is signed in."));
        Assert.All(routes.Where(route => DeskRoutes.IsOpen(route.Endpoint)), route => Assert.StartsWith("/desk/_", route.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_reaches_anything_but_the_door()
    {
        var nobody = new DeskBrowser(deployment);
        var token = await nobody.TokenAsync("/desk/_sign-in");

        await AssertClosedAsync(nobody, token);
    }

    [Fact]
    public async Task An_API_key_opens_nothing_of_the_desk()
    {
        foreach (var (method, path, endpoint) in DeskRoutes.All(deployment).Where(route => !DeskRoutes.IsOpen(route.Endpoint)))
        {
            using var answer = await deployment.SendAsync(new HttpMethod(method), path, method == "POST" ? new FormUrlEncodedContent([]) : null, Deployment.EditorKey);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.ToString().StartsWith("/desk/_sign-in", StringComparison.Ordinal), $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_session_opens_nothing_of_the_API()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor", "operator");
        (HttpMethod Method, string Path)[] writes = [(HttpMethod.Put, "/api/articles/new"), (HttpMethod.Delete, "/api/articles/strike"), (HttpMethod.Put, "/api/site/overrides/blocks/strike"), (HttpMethod.Get, "/api/audit"), (HttpMethod.Post, "/api/reindex")];
        foreach (var (method, path) in writes)
        {
            using var answer = await editor.SendAsync(method, path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_session_that_was_not_used_is_over()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor", "operator");
        var token = await editor.TokenAsync("/desk/gazette");

        deployment.Time.Advance(TimeSpan.FromHours(4.1));

        await AssertClosedAsync(editor, token);
    }

    [Fact]
    public async Task A_session_that_is_used_is_renewed_but_not_beyond_its_limit()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor");
        for (var hour = 3; hour < 12; hour += 3)
        {
            deployment.Time.Advance(TimeSpan.FromHours(3));
            await editor.ReadAsync("/desk/gazette");
        }

        deployment.Time.Advance(TimeSpan.FromHours(3));
        using var late = await editor.GetAsync("/desk/gazette");

        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_or_comes_from_another_deployment_opens_nothing()
    {
        await using var other = Deployment.Start("Development");
        var stranger = (await DeskBrowser.SignInAsync(other, Everyone, "editor", "operator")).Copy();
        using var request = await stranger.GetAsync("/desk/gazette");
        Assert.Equal(HttpStatusCode.OK, request.StatusCode);

        using var answer = await deployment.SendAsync(HttpMethod.Get, "/desk/gazette", null, null, ("Cookie", request.RequestMessage!.Headers.GetValues("Cookie").Single()));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [InlineData("editor")]
    [InlineData("operator")]
    [InlineData("")]
    public async Task A_role_opens_what_it_is_for_and_no_more(string role)
    {
        var person = await DeskBrowser.SignInAsync(deployment, Everyone, role.Length == 0 ? [] : [role]);
        var token = await person.TokenAsync("/desk/gazette");
        Assert.NotNull(token);
        foreach (var (method, path, endpoint) in DeskRoutes.All(deployment).Where(route => DeskRoutes.Roles(route.Endpoint).Count > 0))
        {
            using var answer = await AskAsync(person, method, path, token);
            if (DeskRoutes.Roles(endpoint).Contains(role))
            {
                Assert.True(answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError), $"{role}: {method} {path} answered {answer.StatusCode}");
                Assert.False(answer.Headers.Location?.ToString().StartsWith("/desk/_sign-in", StringComparison.Ordinal) is true, $"{role}: {method} {path} asks to sign in.");
            }
            else
            {
                Assert.True(answer.StatusCode is HttpStatusCode.Forbidden, $"{role}: {method} {path} answered {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_post_without_the_page_s_token_does_nothing()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor", "operator");
        var others = await DeskBrowser.SignInAsync(deployment, "Ben", "editor", "operator");
        var stolen = await others.TokenAsync("/desk/gazette");
        foreach (var (_, path, _) in Posts())
        {
            foreach (var token in new[] { null, "CfDJ8", stolen })
            {
                using var answer = await editor.SubmitAsync(path, token, []);
                Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{path} answered {answer.StatusCode} to token {token?[..5]}");
            }
        }

        Assert.Contains("There was no run yet", await editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_post_from_another_site_does_nothing_even_with_a_good_token(string header, string value)
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor", "operator");
        var token = await editor.TokenAsync("/desk/gazette");
        foreach (var (_, path, _) in Posts())
        {
            using var answer = await editor.SubmitAsync(path, token, [], (header, value));
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{path} answered {answer.StatusCode}");
        }

        Assert.Contains("There was no run yet", await editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_can_be_framed_cached_or_run_foreign_script()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor", "operator");
        var token = await editor.TokenAsync("/desk/gazette");
        foreach (var browser in new[] { editor, new DeskBrowser(deployment) })
        {
            foreach (var (method, path, _) in DeskRoutes.All(deployment).Where(route => route.Path != "/desk/_sign-out").Append(("GET", "/desk/gazette/nothing", null!)).Append(("GET", "/desk/unknown", null!)))
            {
                using var answer = await AskAsync(browser, method, path, token);
                var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
                Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
                Assert.Contains("frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
                Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
                Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
                Assert.True(answer.Headers.CacheControl!.NoStore || answer.Headers.ETag is not null, $"{path} may be kept.");
            }
        }
    }

    [Fact]
    public async Task Every_cookie_is_for_this_host_and_no_script()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor", "operator");
        using var done = await editor.PostAsync("/desk/gazette", "/desk/gazette/reindex");
        using var look = await editor.PostAsync("/desk/gazette", "/desk/_look", ("look", "dark"));

        Assert.Equal(["__Host-desk", "__Host-desk-form", "__Host-desk-look", "__Host-desk-said"], editor.SetCookies.Keys.Order(StringComparer.Ordinal));
        Assert.All(editor.SetCookies.Values, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: Microsoft.Net.Http.Headers.SameSiteMode.Lax } && cookie.Path == "/" && !cookie.Domain.HasValue, cookie.ToString()));
        Assert.Contains("data-look=\"dark\"", await editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_this_browser()
    {
        var editor = await DeskBrowser.SignInAsync(deployment, Everyone, "editor");

        using var answer = await editor.PostAsync("/desk/gazette", "/desk/_sign-out");

        Assert.Equal("/desk/_signed-out", answer.Headers.Location?.ToString());
        Assert.Contains("You are signed out", await editor.ReadAsync("/desk/_signed-out"), StringComparison.Ordinal);
        using var after = await editor.GetAsync("/desk/gazette");
        Assert.Equal("/desk/_sign-in?return=%2Fdesk%2Fgazette", after.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/desk")]
    [InlineData("/desk/../admin")]
    [InlineData("/desk/_sign-out")]
    [InlineData("/\\evil.example")]
    [InlineData("/deskevil")]
    public async Task One_returns_to_nothing_but_the_desk(string wanted)
    {
        var browser = new DeskBrowser(deployment);

        using var answer = await browser.PostAsync("/desk/_sign-in", "/desk/_sign-in", ("name", Everyone), ("role", "editor"), ("return", wanted));

        var back = answer.Headers.Location!.ToString();
        Assert.True(back == "/desk" || (wanted.Contains("..", StringComparison.Ordinal) && back.StartsWith("/desk/", StringComparison.Ordinal)), back);
    }

    [Fact]
    public async Task One_s_own_word_is_taken_on_this_machine_only_and_under_its_own_name()
    {
        using var rebound = await deployment.SendAsync(HttpMethod.Get, "/desk/_sign-in", null, null, ("Host", "attacker.example"));

        // Not over https, and not loopback: refused before anything else.
        Assert.Equal(HttpStatusCode.BadRequest, rebound.StatusCode);
    }

    [Fact]
    public async Task A_script_is_told_that_nobody_is_signed_in_instead_of_being_sent_to_a_page()
    {
        using var answer = await deployment.SendAsync(HttpMethod.Get, "/desk/gazette", null, null, ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Posts() => DeskRoutes.All(deployment).Where(route => route.Method == "POST" && route.Path != "/desk/_sign-out");

    private async Task AssertClosedAsync(DeskBrowser browser, string? token)
    {
        foreach (var (method, path, _) in DeskRoutes.All(deployment).Where(route => !DeskRoutes.IsOpen(route.Endpoint)))
        {
            using var answer = await AskAsync(browser.Copy(), method, path, token);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/desk/_sign-in", StringComparison.Ordinal), $"{method} {path} answered {answer.StatusCode}.");
        }
    }

    private static Task<HttpResponseMessage> AskAsync(DeskBrowser browser, string method, string path, string? token) =>
        method == "POST" ? browser.SubmitAsync(path, token, []) : browser.SendAsync(new HttpMethod(method), path);
}
