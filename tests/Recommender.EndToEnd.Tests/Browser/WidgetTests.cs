using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The element on the newspaper's own pages.</summary>
[Collection(NewspaperTests.Name)]
public sealed class WidgetTests(Newspaper newspaper)
{
    private const string LongDate = "^[A-Z][a-z]+ [0-9]{1,2}, 20[0-9]{2}$";
    private const string SpanishDate = "^[0-9]{1,2} de [a-z]+ de 20[0-9]{2}$";

    [SkippableFact]
    public Task An_article_ends_in_a_filled_list() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        Assert.Equal("complete", await page.StateAsync());
        Assert.Equal("More Stories", await page.Heading().TextContentAsync());
        var titles = await page.Titles().AllTextContentsAsync();
        Assert.Equal(4, titles.Distinct().Count());
        Assert.Contains("Ferry crews vote 188 to 14 for strike over split shifts", titles);
        Assert.DoesNotContain(titles, title => title.StartsWith("Ferry strike ends", StringComparison.Ordinal));
        Assert.All(await page.Dates().AllTextContentsAsync(), date => Assert.Matches(LongDate, date));
        Assert.Equal(4, await page.Locator("more-stories [part=dek]").CountAsync());
        Assert.Equal(0, await page.Locator("more-stories .more-stories:visible").CountAsync());
    });

    [SkippableFact]
    public Task Pictures_are_loaded_when_a_reader_gets_there() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        await page.Element().ScrollIntoViewIfNeededAsync();
        await page.Images().First.WaitForAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelector('more-stories').shadowRoot.querySelectorAll('img')].every(image => image.complete && image.naturalWidth > 0)");
        Assert.True(await page.Images().CountAsync() >= 3);
        Assert.Equal("1200", await page.Images().First.GetAttributeAsync("width"));
    });

    [SkippableFact]
    public Task Links_lead_to_the_stories() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        var title = await page.Titles().First.TextContentAsync();
        await page.Titles().First.ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(title!);
    });

    [SkippableFact]
    public Task Stories_that_stand_beside_the_article_are_not_repeated_below_it() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        var rail = await page.Locator(".rail h3").AllTextContentsAsync();
        Assert.NotEmpty(rail);
        Assert.Empty(rail.Intersect(await page.Titles().AllTextContentsAsync()));
    });

    [SkippableFact]
    public Task A_page_in_Spanish_has_Spanish_stories_and_dates() => newspaper.ReadAsync(Newspaper.Spanish, async page =>
    {
        await page.SettleAsync();
        Assert.Equal("Más noticias", await page.Heading().TextContentAsync());
        var dates = await page.Dates().AllTextContentsAsync();
        Assert.Equal(4, dates.Count);
        Assert.All(dates, date => Assert.Matches(SpanishDate, date));
    });

    [SkippableFact]
    public Task The_keyboard_reaches_every_story_once_and_in_order() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        var titles = await page.Titles().AllTextContentsAsync();
        await page.Locator(".rail a").Last.FocusAsync();
        var reached = new List<string>();
        for (var stop = 0; stop <= titles.Count; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.FocusAsync());
        }

        Assert.Equal([.. titles, "how this page is built"], reached);
    });

    [SkippableFact]
    public Task The_focus_can_be_seen() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        await page.Locator(".rail a").Last.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("solid 2px", await page.Titles().First.EvaluateAsync<string>("link => `${getComputedStyle(link).outlineStyle} ${getComputedStyle(link).outlineWidth}`"));
    });

    [SkippableFact]
    public async Task Dark_pages_have_light_text()
    {
        const string Brightness = "link => { const [r, g, b] = getComputedStyle(link).color.match(/[\\d.]+/g).map(Number); return r + g + b; }";
        var light = 0.0;
        await newspaper.ReadAsync(Newspaper.Ferry, async page =>
        {
            await page.SettleAsync();
            light = await page.Titles().First.EvaluateAsync<double>(Brightness);
        });
        await newspaper.ReadAsync(Newspaper.Ferry, async page =>
        {
            await page.SettleAsync();
            Assert.InRange(await page.Titles().First.EvaluateAsync<double>(Brightness), light + 450, 765);
        }, Newspaper.Desktop(ColorScheme.Dark));
    }

    [SkippableFact]
    public Task Lists_are_lists_to_a_screen_reader() => newspaper.ReadAsync(Newspaper.Ferry, async page =>
    {
        await page.SettleAsync();
        var region = page.GetByRole(AriaRole.Region, new() { Name = "More Stories" });
        Assert.Equal(1, await region.CountAsync());
        Assert.Equal(4, await region.GetByRole(AriaRole.Listitem).CountAsync());
        Assert.Equal(4, await region.GetByRole(AriaRole.Link).CountAsync());
        Assert.Equal(4, await region.GetByRole(AriaRole.Heading, new() { Level = 3 }).CountAsync());
    });

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Nothing_moves_when_the_list_takes_the_place_of_the_fragment(bool isPhone)
    {
        var seenWaiting = new TaskCompletionSource();
        return newspaper.ReadAsync(
            Newspaper.Ferry,
            async page =>
            {
                await page.Locator("footer").ScrollIntoViewIfNeededAsync();
                Assert.Equal("loading", await page.StateAsync());
                Assert.Equal(4, await page.Locator("more-stories .more-stories li:visible").CountAsync());
                seenWaiting.SetResult();
                await page.SettleAsync();
                await page.WaitForTimeoutAsync(300);
                Assert.InRange(await page.ShiftAsync(), 0, 0.02);
            },
            isPhone ? Newspaper.Phone() : null,
            page => page.HoldAsync(seenWaiting.Task));
    }
}
