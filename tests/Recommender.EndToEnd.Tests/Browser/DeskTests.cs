using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The frame of the desk and the pages around those of articles, in a browser.</summary>
[Collection(NewspaperTests.Name)]
public sealed class DeskTests(Newspaper newspaper)
{
    public static TheoryData<string, bool, int> Pages()
    {
        var pages = new TheoryData<string, bool, int>();
        foreach (var page in new[] { "/desk/courier", "/desk/courier/pages", "/desk/courier/schedule", "/desk/courier/audit", "/desk/courier/nothing", "/desk/_sign-in", "/desk/_signed-out", "/desk/silent" })
        {
            foreach (var width in new[] { 360, 1440 })
            {
                pages.Add(page, false, width);
                pages.Add(page, true, width);
            }
        }

        return pages;
    }

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public Task Everybody_can_use_it(string path, bool isDark, int width) => newspaper.EditAsync(
        async page =>
        {
            await newspaper.DecideAsync();
            await page.GotoAsync(newspaper.Address + path);
            foreach (var menu in await page.QuerySelectorAllAsync("main details"))
            {
                await menu.EvaluateAsync("menu => { menu.open = true; }");
            }

            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))));
            Assert.Contains(found.Passes, rule => rule.Id == "color-contrast");
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
            Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('button, input:not([type=hidden], [type=checkbox]), label.check, select, summary, nav a')].every(control => control.getClientRects().length === 0 || control.getBoundingClientRect().height >= 19)"), "A control is too small.");
            if (Environment.GetEnvironmentVariable("MORE_STORIES_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.GotoAsync(newspaper.Address + path);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{path.Trim('/').Replace('/', '-')}-{width}-{(isDark ? "dark" : "light")}.png"), FullPage = true });
            }
        },
        new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task One_comes_in_looks_around_chooses_a_look_and_goes_out(bool hasScript) => newspaper.EditAsync(
        async page =>
        {
            await newspaper.DecideAsync();
            await page.GotoAsync(newspaper.Address + "/desk");
            await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Audit", Level = 1 })).ToBeVisibleAsync();
            await page.GetByText("Before and after").First.ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Looked at");
            await page.Locator(".person summary").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-look", "dark");
            await page.Locator(".person summary").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
            await page.GotoAsync(newspaper.Address + "/desk/courier");
            await Assertions.Expect(page.GetByLabel("Your name")).ToBeVisibleAsync();
        },
        new BrowserNewContextOptions { JavaScriptEnabled = hasScript });

    [SkippableFact]
    public Task A_reader_s_click_is_counted_and_nothing_else_of_the_reader() => newspaper.EditAsync(async page =>
    {
        var told = page.WaitForRequestAsync(request => request.Url.EndsWith("/api/sites/courier/clicks", StringComparison.Ordinal));
        await page.GotoAsync(newspaper.Address + Newspaper.Ferry);
        await page.Locator("more-stories [part=link]").First.ClickAsync();
        var click = await told;

        Assert.Equal("POST", click.Method);
        Assert.DoesNotContain((await click.AllHeadersAsync()).Keys, header => header is "cookie");
        var body = System.Text.Json.JsonDocument.Parse(click.PostData!).RootElement;
        Assert.Equal(["item", "page", "slot"], body.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1, body.GetProperty("slot").GetInt32());
        Assert.Equal(204, (await click.ResponseAsync())!.Status);
    });
}
