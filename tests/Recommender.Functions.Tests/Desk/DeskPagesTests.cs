using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Clicks;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;

namespace Recommender.Functions.Tests.Desk;

/// <summary>What the overview, the audit, the schedule and the way to pages say.</summary>
public sealed class DeskPagesTests : IAsyncLifetime
{
    private readonly Deployment deployment = Deployment.Start("Development", ("Recommender:Sites:gazette:Feeds:0", "https://gazette.example/feed.xml"), ("Desk:Sites:gazette:Colour", "#ffd400"));
    private DeskBrowser editor = null!;

    public async Task InitializeAsync()
    {
        await deployment.PublishFerriesAsync();
        editor = await DeskBrowser.SignInAsync(deployment, "Ines", "editor", "operator");
    }

    public async Task DisposeAsync() => await deployment.DisposeAsync();

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
        await deployment.PublishAsync("evil", payload + " story", payload, "2026-11-02T08:00:00Z", payload + " topic");
        await PutAsync("/api/pages/strike/overrides/pins/1", new { target = "evil", note = payload, author = payload, until = "2026-11-20T15:00" });
        await PutAsync("/api/site/overrides/blocks/frost", new { note = payload, author = payload });
        var person = await DeskBrowser.SignInAsync(deployment, payload, "editor", "operator");

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
        var page = await editor.ReadAsync("/desk/gazette");

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
        using (await deployment.SendAsync(HttpMethod.Delete, "/api/articles/mediator", null, Deployment.CmsKey))
        {
        }

        using var looked = await editor.PostAsync("/desk/gazette", "/desk/gazette/survey");
        var page = await editor.ReadAsync("/desk/gazette");
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page);

        Assert.Equal("Looked at 3 lists.", document.QuerySelector("#said")!.TextContent);
        Assert.Equal(3, Figures("lists").Sum(figure => int.Parse(figure, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(3, document.QuerySelectorAll("section[aria-labelledby=lists] .lines li").Length);
        Assert.Equal(["1", "0", "2"], Figures("debt"));
        Assert.Contains("The story was taken down", document.QuerySelector("section[aria-labelledby=debt]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ends", document.QuerySelector("section[aria-labelledby=soon]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("15:00 (in 5 h)", document.QuerySelector("section[aria-labelledby=soon]")!.TextContent, StringComparison.Ordinal);

        deployment.Time.Advance(TimeSpan.FromDays(31));
        editor = await DeskBrowser.SignInAsync(deployment, "Ines", "editor", "operator");
        document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette"));
        Assert.Equal(["1", "2", "2"], Figures("debt"));

        List<string> Figures(string panel) => [.. document.QuerySelectorAll($"section[aria-labelledby={panel}] .counts dd").Select(figure => figure.TextContent)];
    }

    [Fact]
    public async Task Clicks_are_counted_per_slot_and_shown()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await ClickAsync(new { page = "strike", item = "mediator", slot = 1 });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        using (await ClickAsync(new { page = "strike", item = "farmers", slot = 2 }))
        {
        }

        await deployment.Services.GetRequiredService<ClickCounter>().FlushAsync();

        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette"));
        var panel = document.QuerySelector("section[aria-labelledby=clicks]")!;
        Assert.Equal(["1:3", "2:1", "3:0", "4:0"], panel.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Select(row => $"{row.Children[0].TextContent}:{row.Children[1].TextContent}"));
        Assert.Equal("Clicks of the last 14 days by slot: 4 in all", panel.QuerySelector("svg > title")!.TextContent);
    }

    [Theory]
    [InlineData("https://evil.example", "strike", "mediator", 1, HttpStatusCode.Forbidden)]
    [InlineData(null, "strike", "mediator", 1, HttpStatusCode.Forbidden)]
    [InlineData("https://gazette.example", "strike", "mediator", 0, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "strike", "mediator", 21, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "strike", "strike", 1, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "strike", "made-up", 1, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "made-up", "strike", 1, HttpStatusCode.BadRequest)]
    public async Task A_click_that_cannot_have_been_is_not_counted(string? origin, string page, string item, int slot, HttpStatusCode status)
    {
        using var answer = await ClickAsync(new { page, item, slot }, origin);
        Assert.Equal(status, answer.StatusCode);

        await deployment.Services.GetRequiredService<ClickCounter>().FlushAsync();
        Assert.Contains("Readers followed no story", await editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_clicks_too_much_is_refused()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            using var answer = await ClickAsync(new { page = "strike", item = "mediator", slot = 1 });
            answers.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.True(answers.Count(status => status is HttpStatusCode.NoContent) >= 30);
    }

    [Fact]
    public async Task The_audit_tells_who_did_what_when_and_why()
    {
        await PutAsync("/api/pages/strike/overrides/pins/2", new { target = "frost", note = "For the weekend", author = "Ines" });
        deployment.Time.Advance(TimeSpan.FromMinutes(5));
        await PutAsync("/api/pages/strike/overrides/pins/2", new { target = "farmers", author = "Ben", until = "2026-11-24T18:00" });
        deployment.Time.Advance(TimeSpan.FromMinutes(5));
        using (await deployment.SendAsync(HttpMethod.Delete, "/api/pages/strike/overrides/pins/2?author=Ines", null, Deployment.EditorKey))
        {
        }

        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/audit"));

        Assert.Equal(
            [
                "Ines took back the pin in slot 2 of “Island farmers count the cost of a silent harbour” on the page “Ferry crews vote to strike over night sailings”.",
                "Ben pinned “Island farmers count the cost of a silent harbour” in slot 2 on the page “Ferry crews vote to strike over night sailings”, in place of “Late frost takes half of the apple blossom”.",
                "Ines pinned “Late frost takes half of the apple blossom” in slot 2 on the page “Ferry crews vote to strike over night sailings”.",
            ],
            document.QuerySelectorAll(".deed").Select(deed => deed.TextContent.Trim()));
        Assert.Contains("For the weekend", document.QuerySelectorAll("blockquote").Select(note => note.TextContent));
        Assert.Contains("Pin, slot 2, until 24 Nov 2026 18:00 +01:00", document.QuerySelectorAll(".change dd").Select(part => part.TextContent));
        Assert.Single(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/audit?who=ben")).QuerySelectorAll(".deed"));
        Assert.Empty(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/audit?kind=block")).QuerySelectorAll(".deed"));
        Assert.Equal(3, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/audit?from=2026-11-20&to=2026-11-20&about=strike")).QuerySelectorAll(".deed").Length);
        Assert.Empty(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/audit?to=2026-11-19")).QuerySelectorAll(".deed"));
    }

    [Fact]
    public async Task A_long_audit_is_read_page_by_page_without_loss()
    {
        for (var i = 0; i < 60; i++)
        {
            await PutAsync("/api/site/overrides/boosts/frost", new { factor = 1 + (i / 100.0), author = "Ines", note = $"note {i}" });
            deployment.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/audit"));
        var second = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!));

        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(i => $"note {i}"), first.QuerySelectorAll("blockquote").Concat(second.QuerySelectorAll("blockquote")).Select(note => note.TextContent));
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task The_export_computes_nothing_in_a_spreadsheet()
    {
        foreach (var (note, place) in new[] { "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(A1)", "  =1", "plain, with \"quotes\"" }.Select((note, place) => (note, place)))
        {
            await PutAsync($"/api/pages/strike/overrides/pins/{place + 1}", new { target = "frost", note, author = "=Ines" });
            deployment.Time.Advance(TimeSpan.FromSeconds(1));
        }

        using var answer = await editor.GetAsync("/desk/gazette/audit.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");

        Assert.Equal("attachment; filename=audit-gazette-2026-11-20.csv", answer.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(7, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.All(line.Split("\",\""), cell => Assert.DoesNotMatch("^\"?\\s*[=+@-]", cell)));
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\"", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("\"plain, with \"\"quotes\"\"\"", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("\"'=Ines\"", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schedule_draws_the_day_in_the_site_s_zone_with_its_hours()
    {
        await PutAsync("/api/pages/strike/overrides/pins/1", new { target = "frost", from = "2027-03-28T01:00", until = "2027-03-28T12:00", author = "Ines" });
        await PutAsync("/api/site/overrides/blocks/farmers", new { author = "Ines" });

        var changing = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/schedule?day=2027-03-28"));
        var bar = changing.QuerySelector(".held.pin")!;

        // Paris loses an hour: the day has 23, and noon is the 11th of them.
        Assert.Contains("this day has 23 hours", changing.QuerySelector("section")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((1 / 23.0 * 1000, 10 / 23.0 * 1000), (double.Parse(bar.GetAttribute("x")!, System.Globalization.CultureInfo.InvariantCulture), double.Parse(bar.GetAttribute("width")!, System.Globalization.CultureInfo.InvariantCulture)), new Near());
        Assert.Contains("01:00 to 12:00", changing.QuerySelector(".day")!.TextContent, StringComparison.Ordinal);
        var today = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/schedule"));
        Assert.Contains("Nothing with a window holds on this day", today.QuerySelector("section")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, today.QuerySelectorAll("section[aria-labelledby=all] li").Length);
    }

    [Fact]
    public async Task A_page_is_found_by_address_id_words_and_topic()
    {
        using var byAddress = await editor.GetAsync("/desk/gazette/pages?q=" + Uri.EscapeDataString("https://gazette.example/strike?utm_source=mail"));
        using var byId = await editor.GetAsync("/desk/gazette/pages?q=strike");
        var byWords = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/pages?q=ferry+UNION"));
        var byTopic = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette/pages?topic=countryside"));
        var unknown = await editor.ReadAsync("/desk/gazette/pages?q=" + Uri.EscapeDataString("https://gazette.example/unknown"));

        Assert.Equal(("/desk/gazette/pages/strike", "/desk/gazette/pages/strike"), (byAddress.Headers.Location?.ToString(), byId.Headers.Location?.ToString()));
        Assert.Equal(["Harbour board and ferry union meet a mediator"], byWords.QuerySelectorAll(".articles a").Select(link => link.TextContent));
        Assert.Equal(["Late frost takes half of the apple blossom"], byTopic.QuerySelectorAll(".articles a").Select(link => link.TextContent));
        Assert.Contains("No article of The Gazette has this address", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_kept_for_ever_under_an_address_that_changes_with_them_and_the_site_has_its_own_colour()
    {
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await editor.ReadAsync("/desk/gazette"));
        var files = document.QuerySelectorAll("link[rel=stylesheet], script").Select(file => file.GetAttribute("href") ?? file.GetAttribute("src")!).ToList();

        Assert.Contains(files, file => file.EndsWith("/colours-gazette.css", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await deployment.SendAsync(HttpMethod.Get, file);
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
            using var old = await deployment.SendAsync(HttpMethod.Get, $"/desk/_assets/0000000000000000/{file.Split('/')[^1]}");
            Assert.Equal("no-cache", string.Join(", ", old.Headers.GetValues("Cache-Control")));
        }

        using var missing = await deployment.SendAsync(HttpMethod.Get, "/desk/_assets/x/nothing.css");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_sweep_looks_through_the_lists()
    {
        await deployment.Services.GetRequiredService<JobRunner>().RunAsync(deployment.Services.GetServices<IJob>().Single(job => job.Name == "Sweep"), CancellationToken.None);

        Assert.Contains("of the newest <strong>4</strong> pages have a complete list", await editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    private async Task PutAsync(string address, object body)
    {
        using var answer = await deployment.SendAsync(HttpMethod.Put, address, body, Deployment.EditorKey);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> ClickAsync(object body, string? origin = "https://gazette.example") => await deployment.SendAsync(
        HttpMethod.Post, "/api/sites/gazette/clicks", new StringContent(System.Text.Json.JsonSerializer.Serialize(body)), null, origin is null ? [] : [("Origin", origin)]);

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 0.1 && Math.Abs(x.Item2 - y.Item2) < 0.1;

        public int GetHashCode((double, double) obj) => 0;
    }
}
