using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>Everybody can use the desk's pages of an article.</summary>
[Collection(NewsdeskTests.Name)]
public sealed class ReachTests(Newsdesk desk)
{
    [SkippableFact]
    public async Task Everybody_can_use_a_page_with_a_draft_and_its_review()
    {
        await using var editor = await desk.SignInAsync("Ines Calloway");
        editor.Expected.Add("404");
        await editor.OpenAsync("/desk/courier/pages?q=ferry strike ends");
        await editor.Page.Locator(".articles a").First.ClickAsync();
        var page = new Uri(editor.Page.Url).AbsolutePath;
        await PrepareAsync(editor);
        var story = Uri.EscapeDataString((await editor.ListAsync())[0]);
        foreach (var (name, path) in new[]
        {
            ("page", page), ("why", $"{page}?story={story}&tab=why"), ("schedule-of-story", $"{page}?story={story}&tab=schedule"), ("history", $"{page}?story={story}&tab=history"),
            ("found", $"{page}?q=theatre"), ("absence", $"{page}?q={Uri.EscapeDataString("https://courier.example/nowhere")}"), ("at", $"{page}?at=2030-01-01T10:00"),
            ("review", $"{page}/review"), ("text", "/desk/courier/text"), ("no-page", "/desk/courier/pages/nobody-wrote-this"),
        })
        {
            await editor.OpenAsync(path);
            await Reach.AssertUsableAsync(editor.Page, $"desk-{name}");
        }

        editor.AssertCalm();
    }

    // Something of everything: a pin with an end, a block, a boost.
    private static async Task PrepareAsync(EditorInBrowser editor)
    {
        await editor.Rows.Nth(1).Locator("[data-key=s]").ClickAsync();
        await editor.Page.ClickAsync("button[value=day]");
        await editor.Rows.Nth(2).Locator("[data-key='+']").ClickAsync();
        await editor.Rows.Nth(0).Locator("summary").ClickAsync();
        await editor.Rows.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Everywhere" }).ClickAsync();
        await Assertions.Expect(editor.Page.Locator("#said")).ToContainTextAsync("is blocked everywhere");
    }
}
