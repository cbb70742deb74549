using Microsoft.Playwright;
using Recommender.EndToEnd.Tests.Desk;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The frame of the desk and the pages around those of articles, in a browser.</summary>
[Collection(NewspaperTests.Name)]
public sealed class DeskTests(Newspaper newspaper)
{
    private static readonly string[] Paths =
        ["/desk/courier", "/desk/courier/pages", "/desk/courier/schedule", "/desk/courier/audit", "/desk/courier/nothing", "/desk/silent", "/desk/_sign-in", "/desk/_signed-out"];

    [SkippableFact]
    public Task Everybody_can_use_it() => newspaper.EditAsync(async page =>
    {
        await newspaper.DecideAsync();
        foreach (var path in Paths)
        {
            await page.GotoAsync(newspaper.Address + path);
            await Reach.AssertUsableAsync(page, path.Trim('/').Replace('/', '-'));
        }
    });

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
        await page.GotoAsync(newspaper.Address + Newspaper.Ferry);
        await page.SettleAsync();

        // The reader stays: of a request that outlives its page the browser tells neither the headers nor the answer.
        await page.EvaluateAsync("() => addEventListener('click', event => event.preventDefault())");
        var click = await page.RunAndWaitForRequestAsync(
            () => page.Titles().First.ClickAsync(),
            request => request.Url.EndsWith("/api/sites/courier/clicks", StringComparison.Ordinal));

        Assert.Equal("POST", click.Method);
        Assert.DoesNotContain((await click.AllHeadersAsync()).Keys, header => header is "cookie");
        var body = System.Text.Json.JsonDocument.Parse(click.PostData!).RootElement;
        Assert.Equal(["item", "page", "slot"], body.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1, body.GetProperty("slot").GetInt32());
        Assert.Equal(204, (await click.ResponseAsync())!.Status);
    });
}
