using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>What the audit says, page by page and as a file.</summary>
public sealed class AuditPageTests : DeskTests
{
    [Fact]
    public async Task The_audit_tells_who_did_what_when_and_why()
    {
        await PutAsync("/api/pages/strike/overrides/pins/2", new { target = "frost", note = "For the weekend", author = "Ines" });
        Deployment.Time.Advance(TimeSpan.FromMinutes(5));
        await PutAsync("/api/pages/strike/overrides/pins/2", new { target = "farmers", author = "Ben", until = "2026-11-24T18:00" });
        Deployment.Time.Advance(TimeSpan.FromMinutes(5));
        using (await Deployment.SendAsync(HttpMethod.Delete, "/api/pages/strike/overrides/pins/2?author=Ines", null, Deployment.EditorKey))
        {
        }

        var document = await ParseAsync("/desk/gazette/audit");

        Assert.Equal(
            [
                "Ines took back the pin in slot 2 of “Island farmers count the cost of a silent harbour” on the page “Ferry crews vote to strike over night sailings”.",
                "Ben pinned “Island farmers count the cost of a silent harbour” in slot 2 on the page “Ferry crews vote to strike over night sailings”, in place of “Late frost takes half of the apple blossom”.",
                "Ines pinned “Late frost takes half of the apple blossom” in slot 2 on the page “Ferry crews vote to strike over night sailings”.",
            ],
            document.QuerySelectorAll(".deed").Select(deed => deed.TextContent.Trim()));
        Assert.Contains("For the weekend", document.QuerySelectorAll("blockquote").Select(note => note.TextContent));
        Assert.Contains("Pin, slot 2, until 24 Nov 2026 18:00 +01:00", document.QuerySelectorAll(".change dd").Select(part => part.TextContent));
        Assert.Single((await ParseAsync("/desk/gazette/audit?who=ben")).QuerySelectorAll(".deed"));
        Assert.Empty((await ParseAsync("/desk/gazette/audit?kind=block")).QuerySelectorAll(".deed"));
        Assert.Equal(3, (await ParseAsync("/desk/gazette/audit?from=2026-11-20&to=2026-11-20&about=strike")).QuerySelectorAll(".deed").Length);
        Assert.Empty((await ParseAsync("/desk/gazette/audit?to=2026-11-19")).QuerySelectorAll(".deed"));
    }

    [Fact]
    public async Task A_long_audit_is_read_page_by_page_without_loss()
    {
        for (var i = 0; i < 60; i++)
        {
            await PutAsync("/api/site/overrides/boosts/frost", new { factor = 1 + (i / 100.0), author = "Ines", note = $"note {i}" });
            Deployment.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await ParseAsync("/desk/gazette/audit");
        var second = await ParseAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(i => $"note {i}"), first.QuerySelectorAll("blockquote").Concat(second.QuerySelectorAll("blockquote")).Select(note => note.TextContent));
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task The_export_computes_nothing_in_a_spreadsheet()
    {
        foreach (var (note, place) in new[] { "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(A1)", "  =1", "plain, with \"quotes\"" }.Select((note, place) => (note, place)))
        {
            await PutAsync($"/api/pages/strike/overrides/pins/{place + 1}", new { target = "frost", note, author = "=Ines" });
            Deployment.Time.Advance(TimeSpan.FromSeconds(1));
        }

        using var answer = await Editor.GetAsync("/desk/gazette/audit.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");

        Assert.Equal("attachment; filename=audit-gazette-2026-11-20.csv", answer.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(7, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.All(line.Split("\",\""), cell => Assert.DoesNotMatch("^\"?\\s*[=+@-]", cell)));
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\"", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("\"plain, with \"\"quotes\"\"\"", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("\"'=Ines\"", string.Join('\n', lines), StringComparison.Ordinal);
    }
}
