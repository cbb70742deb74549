using static Microsoft.Playwright.Assertions;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>What people write is shown as text, whatever it is.</summary>
[Collection(NewsdeskTests.Name)]
public sealed class EscapingTests(Newsdesk desk)
{
    public static TheoryData<int, string> Payloads => new()
    {
        { 1, "<script>alert(1)</script>" },
        { 2, "\"><img src=x onerror=alert(1)>" },
        { 3, "' onfocus=alert(1) autofocus x='" },
        { 4, "</title><svg/onload=alert(1)>" },
        { 5, "javascript:alert(1)//" },
        { 6, "</textarea><script>alert(1)</script>" },
        { 7, "{{constructor.constructor('alert(1)')()}}" },
        { 8, "<!--<script>--><b onclick=alert(1)>" },
    };

    [SkippableTheory]
    [MemberData(nameof(Payloads))]
    public async Task Script_in_titles_deks_notes_and_search_words_is_text_everywhere(int number, string payload)
    {
        // Ingestion takes markup out of what a publisher sends; escaped, it is text and stays.
        var escaped = System.Net.WebUtility.HtmlEncode(payload);
        var page = await desk.PublishAsync($"escaping-page-{number}", $"Page {number} {escaped}", $"Dek {escaped}", $"Escaping number {number}.");
        var story = await desk.PublishAsync($"escaping-story-{number}", $"Story {number} {escaped}", $"Dek {escaped}", $"Escaping number {number}, another.");
        await using var editor = await desk.SignInAsync($"Ines {payload}");
        await editor.OpenAsync(Newsdesk.PageOf(page, "?q=" + Uri.EscapeDataString(payload)));
        await Expect(editor.Page.Locator("h1")).ToHaveTextAsync($"Page {number} {payload}", new() { UseInnerText = false });
        await Expect(editor.Page.Locator("input[type=search]")).ToHaveValueAsync(payload);

        await editor.OpenAsync(Newsdesk.PageOf(page, $"?story={story}&tab=schedule"));
        await Expect(editor.Page.Locator("#detail-title")).ToHaveTextAsync($"Story {number} {payload}");
        await editor.Page.FillAsync(".detail input[name=note]", payload);
        await editor.Page.FillAsync(".detail input[name=slot]", "1");
        await editor.Page.ClickAsync("button[value=day]");
        await Expect(editor.Rows.First).ToContainTextAsync(payload);
        await editor.OpenAsync(Newsdesk.PageOf(page, "/review"));
        await Expect(editor.Page.Locator(".operations")).ToContainTextAsync(payload);
        await editor.Page.FillAsync("textarea[name=note]", payload);
        await editor.Page.ClickAsync("#publish");
        await Expect(editor.Page.Locator("#said")).ToContainTextAsync("is live for readers");
        await Expect(editor.Page.Locator(".versions")).ToContainTextAsync(payload);
        await editor.OpenAsync(Newsdesk.PageOf(page, $"?story={story}&tab=history"));
        await Expect(editor.Page.Locator(".detail")).ToContainTextAsync(payload);
        await editor.OpenAsync("/desk/courier/schedule");
        await Expect(editor.Page.Locator("main")).ToContainTextAsync(payload);

        // The fragment as a page includes it, parsed without running anything.
        var fragment = await desk.Api.GetStringAsync(new Uri($"/api/more-stories.html?site=courier&id={page}", UriKind.Relative));
        var texts = await editor.Page.EvaluateAsync<string[]>(
            "html => { const parsed = new DOMParser().parseFromString(html, 'text/html'); return [parsed.body.textContent, String(parsed.querySelectorAll('script, svg, [onerror], [onload], [onclick], [onfocus], [autofocus], b').length)]; }", fragment);
        Assert.Contains(payload, texts[0], StringComparison.Ordinal);
        Assert.Equal("0", texts[1]);
        editor.AssertCalm();
    }
}
