using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>Everybody can use the pages of the desk: axe finds nothing, and none is wider than the screen.</summary>
[Collection(NewsdeskTests.Name)]
public sealed class ReachTests(Newsdesk desk)
{
    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Axe_finds_nothing(bool isDark, bool isPhone)
    {
        var scheme = isDark ? ColorScheme.Dark : ColorScheme.Light;
        await using var editor = await desk.SignInAsync("Ines Calloway", isPhone ? Newsdesk.Phone(scheme) : Newsdesk.Desktop(scheme));
        await editor.OpenAsync("/desk/courier/pages?q=ferry strike ends");
        await editor.Page.Locator(".articles a").First.ClickAsync();
        var page = new Uri(editor.Page.Url).AbsolutePath;
        await PrepareAsync(editor);
        var story = Uri.EscapeDataString((await editor.ListAsync())[0]);
        foreach (var (name, path) in new[]
        {
            ("page", page), ("why", $"{page}?story={story}&tab=why"), ("schedule-of-story", $"{page}?story={story}&tab=schedule"), ("history", $"{page}?story={story}&tab=history"),
            ("found", $"{page}?q=theatre"), ("at", $"{page}?at=2030-01-01T10:00"), ("review", $"{page}/review"), ("schedule", "/desk/courier/schedule"), ("text", "/desk/courier/text"),
        })
        {
            await editor.OpenAsync(path);
            var found = await editor.Page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{path}:\n" + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))));
            Assert.Contains(found.Passes, rule => rule.Id == "color-contrast");
            Assert.True(await editor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the screen.");
            Assert.Empty(await editor.Page.EvaluateAsync<string[]>(SmallTargets));
            var folder = Environment.GetEnvironmentVariable("MORE_STORIES_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");
            await editor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"desk-{name}{(isDark ? "-dark" : "")}{(isPhone ? "-phone" : "")}.png") });
        }

        editor.AssertCalm();
    }

    // WCAG 2.5.8: what one presses is at least 24 by 24 pixels; links within text are exempt.
    private const string SmallTargets = """
        () => [...document.querySelectorAll("button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio]), a.button")]
          .filter(control => control.checkVisibility() && !control.closest(".skip"))
          .filter(control => { const box = control.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
          .map(control => control.outerHTML.slice(0, 200))
        """;

    // Something of everything: a pin with an end, a block, a boost.
    private static async Task PrepareAsync(EditorInBrowser editor)
    {
        if (await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Review and publish" }).CountAsync() > 0)
        {
            return;
        }

        await editor.Rows.Nth(1).Locator("[data-key=s]").ClickAsync();
        await editor.Page.ClickAsync("button[value=day]");
        await editor.Rows.Nth(2).Locator("[data-key='+']").ClickAsync();
        await editor.Rows.Nth(0).Locator("summary").ClickAsync();
        await editor.Rows.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Everywhere" }).ClickAsync();
        await Assertions.Expect(editor.Page.Locator("#said")).ToContainTextAsync("is blocked everywhere");
    }
}
