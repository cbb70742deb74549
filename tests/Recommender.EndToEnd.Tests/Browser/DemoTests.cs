using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The newspaper's pages.</summary>
[Collection(NewspaperTests.Name)]
public sealed class DemoTests(Newspaper newspaper)
{
    private static readonly (ColorScheme Scheme, int Width)[] Looks = [(ColorScheme.Light, 1280), (ColorScheme.Light, 390), (ColorScheme.Dark, 1280), (ColorScheme.Dark, 390)];

    [SkippableTheory]
    [InlineData("/demo")]
    [InlineData(Newspaper.Ferry)]
    [InlineData(Newspaper.Corrected)]
    [InlineData(Newspaper.Spanish)]
    [InlineData("/demo/harbour")]
    public Task Everybody_can_read_it(string path) => newspaper.ReadAsync(path, async page =>
    {
        await page.SettleAsync();
        foreach (var (scheme, width) in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 900);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{scheme}, {width}:\n" + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))));
            Assert.Contains(found.Passes, rule => rule.Id == "color-contrast");
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"The page is wider than a screen of {width}.");
        }
    });

    [SkippableFact]
    public Task The_front_page_leads_with_the_newest_story_and_repeats_none() => newspaper.ReadAsync("/demo", async page =>
    {
        Assert.Equal("The Gullhaven Courier", await page.Locator("h1").TextContentAsync());
        Assert.StartsWith("The Halyard Theatre will reopen", await page.Locator(".lead h2").TextContentAsync(), StringComparison.Ordinal);
        var stories = await page.Locator("main :is(h2, h3) a[href*='/20']").EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");
        Assert.True(stories.Length > 30, $"Only {stories.Length} stories.");
        Assert.Equal(stories.Length, stories.Distinct().Count());
    });

    [SkippableFact]
    public Task A_corrected_article_says_so_and_leads_to_the_correction() => newspaper.ReadAsync(Newspaper.Corrected, async page =>
    {
        await page.Locator(".notice a").ClickAsync();
        Assert.Equal("Correction: Eastmere Water sampling figures at Coldwell", await page.Locator("main h1").TextContentAsync());
    });

    [SkippableFact]
    public Task An_address_without_a_story_says_so() => newspaper.ReadAsync("/demo/harbour/2026/03/no-such-story", async page =>
    {
        Assert.Equal("Not in this edition", await page.Locator("main h1").TextContentAsync());
        Assert.NotEmpty(await page.Locator("main h2").AllAsync());
    }, expected: "404");

    [SkippableFact]
    public Task Without_script_the_list_is_there_all_the_same()
    {
        var reader = Newspaper.Desktop();
        reader.JavaScriptEnabled = false;
        return newspaper.ReadAsync(Newspaper.Ferry, async page =>
        {
            Assert.True(await page.Locator(".more-stories h2").IsVisibleAsync());
            Assert.Equal(4, await page.Locator(".more-stories li:visible").CountAsync());
            Assert.All(await page.Locator(".more-stories time").AllTextContentsAsync(), date => Assert.Matches("^[A-Z][a-z]+ [0-9]{1,2}, 20[0-9]{2}$", date));
            await page.Locator(".more-stories h3 a").First.ClickAsync();
            Assert.Contains("/demo/", page.Url, StringComparison.Ordinal);
            Assert.True(await page.Locator("main h1").IsVisibleAsync());
        }, reader);
    }

    [SkippableTheory]
    [InlineData("article", false, false)]
    [InlineData("article-dark", true, false)]
    [InlineData("article-phone", false, true)]
    public Task The_end_of_an_article_is_kept_as_a_picture(string name, bool isDark, bool isPhone)
    {
        var scheme = isDark ? ColorScheme.Dark : ColorScheme.Light;
        return newspaper.ReadAsync(Newspaper.Barrage, async page =>
        {
            await page.SettleAsync();
            await page.Element().EvaluateAsync("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - innerHeight / 4)");
            await page.WaitForFunctionAsync("() => [...document.querySelector('more-stories').shadowRoot.querySelectorAll('img')].every(image => image.complete && image.naturalWidth > 0)");
            var folder = Environment.GetEnvironmentVariable("MORE_STORIES_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");
            var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
            Assert.True(picture.Length > 50_000, "The picture is nearly blank.");
        }, isPhone ? Newspaper.Phone(scheme) : Newspaper.Desktop(scheme));
    }
}
