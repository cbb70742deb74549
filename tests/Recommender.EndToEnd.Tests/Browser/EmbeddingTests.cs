using System.Text.Json;
using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The element on pages of another server, as publishers embed it.</summary>
[Collection(NewspaperTests.Name)]
public sealed class EmbeddingTests(Newspaper newspaper)
{
    private const string List = $"""<more-stories site="courier" url="{Newspaper.FerryUrl}"></more-stories>""";
    private const string Fallback = """<p id="fallback"><a href="/all">All our stories</a></p>""";

    [SkippableFact]
    public Task One_line_puts_a_list_on_a_page_of_another_origin() => newspaper.ReadAsync(newspaper.Publish("plain", List), async page =>
    {
        await page.SettleAsync();
        Assert.Equal("complete", await page.StateAsync());
        Assert.Equal(4, await page.Titles().CountAsync());
        Assert.StartsWith("https://courier.example/", await page.Titles().First.GetAttributeAsync("href"), StringComparison.Ordinal);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length"));
    }, expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task The_page_says_itself_which_one_it_is() => newspaper.ReadAsync(
        newspaper.Publish("canonical", """<more-stories site="courier"></more-stories>""", head: $"""<link rel="canonical" href="{Newspaper.FerryUrl}">"""),
        async page =>
        {
            await page.SettleAsync();
            Assert.Contains("Ferry crews vote 188 to 14 for strike over split shifts", await page.Titles().AllTextContentsAsync());
        },
        expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task A_page_may_ask_for_older_stories_only() => newspaper.ReadAsync(
        newspaper.Publish("older", $"""<more-stories site="courier" url="{Newspaper.FerryUrl}" older-only></more-stories>"""),
        async page =>
        {
            await page.SettleAsync();
            var asked = await page.EvaluateAsync<string>("() => performance.getEntriesByType('resource').map(entry => entry.name).find(name => name.includes('/api/more-stories'))");
            Assert.Contains("olderOnly=true", asked, StringComparison.Ordinal);
            Assert.True(await page.Titles().CountAsync() > 0);
        },
        expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task A_list_that_is_refused_leaves_what_the_page_put_there_and_no_heading() => newspaper.ReadAsync(
        newspaper.Publish("refused", $"""<more-stories site="courier" count="99">{Fallback}</more-stories>"""),
        async page =>
        {
            await page.SettleAsync();
            Assert.Equal("failed", await page.StateAsync());
            Assert.Equal(0, await page.Heading().CountAsync());
            Assert.True(await page.Locator("#fallback").IsVisibleAsync());
        },
        expected: "400");

    [SkippableFact]
    public Task A_server_that_does_not_answer_leaves_nothing_on_the_page() => newspaper.ReadAsync(
        newspaper.Publish("unreachable", """<more-stories api="http://127.0.0.1:1" site="courier"></more-stories><p>After</p>"""),
        async page =>
        {
            await page.SettleAsync();
            Assert.Equal("failed", await page.StateAsync());
            Assert.Equal(0, await page.Element().EvaluateAsync<double>("element => element.getBoundingClientRect().height"));
        },
        expected: "ERR_");

    [SkippableFact]
    public Task An_empty_list_has_no_heading_and_leaves_what_the_page_put_there() => newspaper.ReadAsync(
        newspaper.Publish("empty", $"""<more-stories site="silent">{Fallback}</more-stories><more-stories site="silent"></more-stories>"""),
        async page =>
        {
            await page.SettleAsync();
            Assert.Equal("empty", await page.StateAsync());
            Assert.Equal(0, await page.Heading().CountAsync());
            Assert.True(await page.Locator("#fallback").IsVisibleAsync());
            Assert.Equal(0, await page.Element().Last.EvaluateAsync<double>("element => element.getBoundingClientRect().height"));
        });

    [SkippableTheory]
    [InlineData("list", 1100)]
    [InlineData("list", 390)]
    [InlineData("grid", 1100)]
    [InlineData("grid", 700)]
    public Task Nothing_moves_when_the_list_comes(string layout, int width)
    {
        var seenWaiting = new TaskCompletionSource();
        return newspaper.ReadAsync(
            newspaper.Publish($"still-{layout}", $"""<more-stories site="courier" url="{Newspaper.FerryUrl}" layout="{layout}" count="4"></more-stories><p id="after">What comes after</p>"""),
            async page =>
            {
                Assert.Equal("loading", await page.StateAsync());
                var before = (await page.Locator("#after").BoundingBoxAsync())!.Y;
                seenWaiting.SetResult();
                await page.SettleAsync();
                await page.WaitForTimeoutAsync(200);
                Assert.True(before > 300, $"Only {before} pixels were reserved.");
                Assert.InRange((await page.Locator("#after").BoundingBoxAsync())!.Y, before - 1, before + 1);
                Assert.InRange(await page.ShiftAsync(), 0, 0.001);
            },
            new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 1800 } },
            page => page.HoldAsync(seenWaiting.Task),
            Newspaper.MissingPicture);
    }

    [SkippableFact]
    public Task Another_page_is_another_list() => newspaper.ReadAsync(newspaper.Publish("changing", List), async page =>
    {
        await page.SettleAsync();
        var before = await page.Titles().AllTextContentsAsync();
        await page.EvaluateAsync("""
            () => {
              window.loads = 0;
              document.addEventListener('more-stories:loaded', () => window.loads++);
              const list = document.querySelector('more-stories');
              list.setAttribute('count', '2');
              list.setAttribute('url', 'https://courier.example/culture/2025/08/fire-guts-the-halyard-theatre');
            }
            """);
        await page.WaitForFunctionAsync("() => window.loads === 1");
        var after = await page.Titles().AllTextContentsAsync();
        Assert.Equal(2, after.Count);
        Assert.Empty(after.Intersect(before));
    }, expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task An_element_made_by_script_works_like_one_in_the_markup() => newspaper.ReadAsync(newspaper.Publish("scripted", "<main></main>"), async page =>
    {
        await page.EvaluateAsync($$"""
            () => {
              const list = document.createElement('more-stories');
              list.setAttribute('site', 'courier');
              list.setAttribute('url', '{{Newspaper.FerryUrl}}');
              list.setAttribute('heading-level', '3');
              document.querySelector('main').append(list);
            }
            """);
        await page.SettleAsync();
        Assert.Equal("H3", await page.Heading().EvaluateAsync<string>("heading => heading.tagName"));
        Assert.Equal(4, await page.Titles().CountAsync());
    }, expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task Dates_are_in_the_language_of_the_page() => newspaper.ReadAsync(newspaper.Publish("german", List, language: "de"), async page =>
    {
        await page.SettleAsync();
        Assert.All(await page.Dates().AllTextContentsAsync(), date => Assert.Matches(@"^[0-9]{1,2}\. [A-Zä-ü][a-zä-ü]+ 20[0-9]{2}$", date));
        Assert.Equal("en", await page.Locator("more-stories [part=story]").First.GetAttributeAsync("lang"));
    }, expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task Stories_on_a_preview_are_known_by_their_public_address() => newspaper.ReadAsync(
        newspaper.Publish("preview", $"""
            <aside><a href="/staging/harbour/2026/02/ferry-crews-vote-188-to-14-for-strike-over-split-shifts#comments">On the page already</a></aside>
            <more-stories site="courier" url="{Newspaper.FerryUrl}" link-base="/staging" exclude-from="aside"></more-stories>
            """),
        async page =>
        {
            await page.SettleAsync();
            Assert.Equal(4, await page.Titles().CountAsync());
            Assert.DoesNotContain("Ferry crews vote 188 to 14 for strike over split shifts", await page.Titles().AllTextContentsAsync());
            Assert.Matches("^http://127.0.0.1:[0-9]+/staging/[a-z-]+/20", await page.Titles().First.GetAttributeAsync("href"));
        },
        expected: Newspaper.MissingPicture);

    [SkippableFact]
    public Task What_a_list_says_is_text_and_its_links_lead_to_the_web()
    {
        // An address that is none is no story; every other is shown as it was written.
        var payloads = Desk.EscapingTests.Payloads.Select(row => (string)row[1]).Append("<b>Bold</b>").ToList();
        var items = payloads.Select((payload, number) => new
        {
            url = $"https://courier.example/{number}",
            title = payload,
            dek = payload,
            image = new { url = "data:image/svg+xml,<svg/>", alt = payload },
            published = "2026-01-01T00:00:00Z",
            date = "January 1, 2026",
        }).Append(new { url = "javascript:alert(1)", title = "Never shown", dek = "", image = new { url = "", alt = "" }, published = "2026-01-01T00:00:00Z", date = "January 1, 2026" });
        var source = newspaper.PublishFile("hostile.json", "application/json", JsonSerializer.Serialize(new { state = "complete", heading = payloads[1], language = "en", items }));
        return newspaper.ReadAsync(newspaper.Publish("hostile", $"""<more-stories src="{source}"></more-stories>"""), async page =>
        {
            await page.SettleAsync();
            Assert.Equal(payloads, await page.Titles().AllTextContentsAsync());
            Assert.Equal(payloads, await page.Locator("more-stories [part=dek]").AllTextContentsAsync());
            Assert.Equal(payloads[1], await page.Heading().TextContentAsync());
            Assert.Equal(0, await page.Locator("more-stories :is(img, script, svg, b, [onerror], [onload], [onclick], [onfocus], [autofocus])").CountAsync());
        });
    }

    [SkippableFact]
    public Task A_page_gives_the_list_its_own_look() => newspaper.ReadAsync(
        newspaper.Publish("themed", List, head: "<style>more-stories{--more-stories-link-color:rgb(1,2,3)} more-stories::part(heading){text-transform:uppercase}</style>"),
        async page =>
        {
            await page.SettleAsync();
            Assert.Equal("rgb(1, 2, 3)", await page.Titles().First.EvaluateAsync<string>("link => getComputedStyle(link).color"));
            Assert.Equal("uppercase", await page.Heading().EvaluateAsync<string>("heading => getComputedStyle(heading).textTransform"));
        },
        expected: Newspaper.MissingPicture);
}
