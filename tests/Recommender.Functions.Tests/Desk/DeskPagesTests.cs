using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;

namespace Recommender.Functions.Tests.Desk;

/// <summary>What the overview, the audit, the schedule and the way to pages say.</summary>
public sealed class DeskPagesTests : DeskTests
{
    public static TheoryData<string> Payloads() =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg onload=alert(1)>",
        "</title><script>alert(1)</script>",
        "<a href=javascript:alert(1)>x</a>",
        "{{7*7}} ${7*7} <%= 7*7 %>",
        "&lt;script&gt;alert(1)&lt;/script&gt; <b>",
        "\u202Eevil <iframe srcdoc='<script>1</script>'>",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Script_in_words_is_shown_as_text(string payload)
    {
        // Titles lose their markup when they are published; notes and names are kept as they were written.
        await Deployment.PublishAsync("evil", payload + " story", payload, "2026-11-02T08:00:00Z", payload + " topic");
        await PutAsync("/api/pages/strike/overrides/pins/1", new { target = "evil", note = payload, author = payload, until = "2026-11-20T15:00" });
        await PutAsync("/api/site/overrides/blocks/frost", new { note = payload, author = payload });
        var person = await DeskBrowser.SignInAsync(Deployment, payload, "editor", "operator");

        foreach (var address in new[]
        {
            "/desk/gazette", "/desk/gazette/pages", $"/desk/gazette/pages?q={Uri.EscapeDataString(payload)}&topic={Uri.EscapeDataString(payload)}", "/desk/gazette/schedule",
            $"/desk/gazette/schedule?day={Uri.EscapeDataString(payload)}", "/desk/gazette/audit", $"/desk/gazette/audit?who={Uri.EscapeDataString(payload)}&about={Uri.EscapeDataString(payload)}&from={Uri.EscapeDataString(payload)}",
        })
        {
            var page = await person.ReadAsync(address);
            var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page);
            Assert.All(document.QuerySelectorAll("script"), script => Assert.StartsWith("/desk/_assets/", script.GetAttribute("src"), StringComparison.Ordinal));
            Assert.Empty(document.QuerySelectorAll("iframe, object, embed, base, [srcdoc], [style], style, img[src=x]"));
            Assert.DoesNotContain(document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
            Assert.DoesNotContain(document.QuerySelectorAll("a[href]"), link => link.GetAttribute("href")!.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(payload.Trim(), document.QuerySelector(".person summary")!.TextContent["Signed in: ".Length..].Trim());
        }

        var audit = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await person.ReadAsync("/desk/gazette/audit"));
        Assert.Contains(audit.QuerySelectorAll("blockquote"), note => note.TextContent == payload);
    }

    [Fact]
    public async Task The_overview_says_what_readers_see_before_anything_happened()
    {
        var page = await Editor.ReadAsync("/desk/gazette");

        foreach (var words in new[] { "Nobody has looked through the lists yet", "Every pin has an end and a story", "Nothing begins or ends", "Readers followed no story", "Not asked yet", "There was no run yet" })
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_overview_names_thin_lists_pin_debt_and_what_ends_soon()
    {
        await PutAsync("/api/pages/strike/overrides/pins/1", new { target = "frost", until = "2026-11-20T15:00" });
        await PutAsync("/api/pages/strike/overrides/pins/2", new { target = "farmers" });
        await PutAsync("/api/pages/frost/overrides/pins/1", new { target = "mediator" });
        using (await Deployment.SendAsync(HttpMethod.Delete, "/api/articles/mediator", null, Deployment.CmsKey))
        {
        }

        using var looked = await Editor.PostAsync("/desk/gazette", "/desk/gazette/survey");
        var page = await Editor.ReadAsync("/desk/gazette");
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page);

        Assert.Equal("Looked at 3 lists.", document.QuerySelector("#said")!.TextContent);
        Assert.Equal(3, Figures("lists").Sum(figure => int.Parse(figure, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(3, document.QuerySelectorAll("section[aria-labelledby=lists] .lines li").Length);
        Assert.Equal(["1", "0", "2"], Figures("debt"));
        Assert.Contains("The story was taken down", document.QuerySelector("section[aria-labelledby=debt]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ends", document.QuerySelector("section[aria-labelledby=soon]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("15:00 (in 5 h)", document.QuerySelector("section[aria-labelledby=soon]")!.TextContent, StringComparison.Ordinal);

        Deployment.Time.Advance(TimeSpan.FromDays(31));
        Editor = await DeskBrowser.SignInAsync(Deployment, "Ines", "editor", "operator");
        document = await ParseAsync("/desk/gazette");
        Assert.Equal(["1", "2", "2"], Figures("debt"));

        List<string> Figures(string panel) => [.. document.QuerySelectorAll($"section[aria-labelledby={panel}] .counts dd").Select(figure => figure.TextContent)];
    }

    [Fact]
    public async Task The_schedule_draws_the_day_in_the_site_s_zone_with_its_hours()
    {
        await PutAsync("/api/pages/strike/overrides/pins/1", new { target = "frost", from = "2027-03-28T01:00", until = "2027-03-28T12:00", author = "Ines" });
        await PutAsync("/api/site/overrides/blocks/farmers", new { author = "Ines" });

        var changing = await ParseAsync("/desk/gazette/schedule?day=2027-03-28");
        var bar = changing.QuerySelector(".held.pin")!;

        // Paris loses an hour: the day has 23, and noon is the 11th of them.
        Assert.Contains("this day has 23 hours", changing.QuerySelector("section")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((1 / 23.0 * 1000, 10 / 23.0 * 1000), (double.Parse(bar.GetAttribute("x")!, System.Globalization.CultureInfo.InvariantCulture), double.Parse(bar.GetAttribute("width")!, System.Globalization.CultureInfo.InvariantCulture)), new Near());
        Assert.Contains("01:00 to 12:00", changing.QuerySelector(".day")!.TextContent, StringComparison.Ordinal);
        var today = await ParseAsync("/desk/gazette/schedule");
        Assert.Contains("Nothing with a window holds on this day", today.QuerySelector("section")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, today.QuerySelectorAll("section[aria-labelledby=all] li").Length);
    }

    [Fact]
    public async Task A_page_is_found_by_address_id_words_and_topic()
    {
        using var byAddress = await Editor.GetAsync("/desk/gazette/pages?q=" + Uri.EscapeDataString("https://gazette.example/strike?utm_source=mail"));
        using var byId = await Editor.GetAsync("/desk/gazette/pages?q=strike");
        var byWords = await ParseAsync("/desk/gazette/pages?q=ferry+UNION");
        var byTopic = await ParseAsync("/desk/gazette/pages?topic=countryside");
        var unknown = await Editor.ReadAsync("/desk/gazette/pages?q=" + Uri.EscapeDataString("https://gazette.example/unknown"));

        Assert.Equal(("/desk/gazette/pages/strike", "/desk/gazette/pages/strike"), (byAddress.Headers.Location?.ToString(), byId.Headers.Location?.ToString()));
        Assert.Equal(["Harbour board and ferry union meet a mediator"], byWords.QuerySelectorAll(".articles a").Select(link => link.TextContent));
        Assert.Equal(["Late frost takes half of the apple blossom"], byTopic.QuerySelectorAll(".articles a").Select(link => link.TextContent));
        Assert.Contains("No article of The Gazette has this address", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_kept_for_ever_under_an_address_that_changes_with_them_and_the_site_has_its_own_colour()
    {
        var document = await ParseAsync("/desk/gazette");
        var files = document.QuerySelectorAll("link[rel=stylesheet], script").Select(file => file.GetAttribute("href") ?? file.GetAttribute("src")!).ToList();

        Assert.Contains(files, file => file.EndsWith("/colours-gazette.css", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await Deployment.SendAsync(HttpMethod.Get, file);
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
            using var old = await Deployment.SendAsync(HttpMethod.Get, $"/desk/_assets/0000000000000000/{file.Split('/')[^1]}");
            Assert.Equal("no-cache", string.Join(", ", old.Headers.GetValues("Cache-Control")));
        }

        using var missing = await Deployment.SendAsync(HttpMethod.Get, "/desk/_assets/x/nothing.css");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_sweep_looks_through_the_lists()
    {
        await Deployment.Services.GetRequiredService<JobRunner>().RunAsync(Deployment.Services.GetServices<IJob>().Single(job => job.Name == "Sweep"), CancellationToken.None);

        Assert.Contains("of the newest <strong>4</strong> pages have a complete list", await Editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 0.1 && Math.Abs(x.Item2 - y.Item2) < 0.1;

        public int GetHashCode((double, double) obj) => 0;
    }
}
