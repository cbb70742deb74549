using System.Net;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Widget;

public sealed class WidgetTests
{
    [Fact]
    public async Task Any_page_may_load_the_script_and_keep_it()
    {
        await using var deployment = Deployment.Start();
        using var first = await deployment.SendAsync(HttpMethod.Get, "/widget.js", headers: ("Origin", "https://anywhere.example"));
        Assert.Equal("text/javascript", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("cross-origin", Assert.Single(first.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("max-age=3600", first.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.False(first.Headers.ETag!.IsWeak);
        using var again = await deployment.SendAsync(HttpMethod.Get, "/widget.js", headers: ("If-None-Match", first.Headers.ETag.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var head = await deployment.SendAsync(HttpMethod.Head, "/widget.js");
        Assert.Equal(first.Headers.ETag, head.Headers.ETag);
    }

    [Fact]
    public async Task The_fragment_names_when_and_links_where()
    {
        await using var deployment = Deployment.Start();
        await deployment.PublishFerriesAsync();
        using var answer = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories.html?id=strike&count=1");
        var html = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("<section class=\"more-stories\" data-state=\"complete\"><h2>More Stories</h2>", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"bookmark\">", html, StringComparison.Ordinal);
        Assert.Matches("<time datetime=\"2026-10-0[0-9]T08:00:00Z\">October [0-9], 2026</time>", html);
    }
}
