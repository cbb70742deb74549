using System.Net;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Demo;

public sealed class DemoSwitchTests
{
    private static readonly (string, string?)[] Switched =
    [
        ("Demo:Enabled", "true"),
        ("Recommender:Sites:courier:Name", "The Gullhaven Courier"),
        ("Recommender:Sites:courier:Hosts:0", "courier.example"),
    ];

    [Fact]
    public async Task There_is_no_demo_in_production()
    {
        await using var deployment = Deployment.Start();
        using var page = await deployment.SendAsync(HttpMethod.Get, "/demo");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var drawing = await deployment.SendAsync(HttpMethod.Get, "/demo/images/bakery.svg");
        Assert.Equal(HttpStatusCode.NotFound, drawing.StatusCode);
    }

    [Fact]
    public async Task It_can_be_switched_on_elsewhere()
    {
        await using var deployment = Deployment.Start(Switched);
        using var front = await deployment.SendAsync(HttpMethod.Get, "/demo");
        Assert.Contains("<h1 class=\"nameplate\"><a href=\"/demo\" aria-current=\"page\">The Gullhaven Courier</a></h1>", await front.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var story = await deployment.SendAsync(HttpMethod.Get, "/demo/culture/2025/12/halyard-theatre-is-3-1m-short-so-it-is-selling-its-ashes");
        var html = await story.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, story.StatusCode);
        Assert.Contains("<more-stories site=\"courier\" url=\"https://courier.example/culture/2025/12/", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self';", Assert.Single(story.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/demo/images/../articles.jsonl")]
    [InlineData("/demo/images/..%2Farticles.jsonl")]
    [InlineData("/demo/articles.jsonl")]
    [InlineData("/demo/%00")]
    public async Task Only_pages_and_drawings_are_served(string path)
    {
        await using var deployment = Deployment.Start(Switched);
        using var answer = await deployment.SendAsync(HttpMethod.Get, path);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }
}
