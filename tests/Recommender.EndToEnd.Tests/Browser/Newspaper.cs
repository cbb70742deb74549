using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The application, a browser, and another web server whose pages embed the list as a publisher's would; one of each for all tests.</summary>
public sealed class Newspaper : IAsyncLifetime
{
    public const string Ferry = "/demo/harbour/2026/03/ferry-strike-ends-as-crews-accept-mediators-roster-deal";
    public const string FerryUrl = "https://courier.example/harbour/2026/03/ferry-strike-ends-as-crews-accept-mediators-roster-deal";
    public const string Barrage = "/demo/environment/2026/01/barrage-hearing-opens-with-a-quarrel-about-mud";
    public const string Corrected = "/demo/health/2026/06/inquiry-hears-eastmere-water-ignored-early-well-warnings";
    public const string Spanish = "/demo/espanol/2026/04/vuelven-los-barcos-fin-de-la-huelga-tras-quince-dias";

    /// <summary>What the browser says of a drawing that another server does not have: the newspaper gives paths, not URLs.</summary>
    public const string MissingPicture = "404";

    /// <summary>Some answers of a browser never come when a page has gone: a test that waits for one fails, it does not hang.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string Type, string Content)> pages = new(StringComparer.Ordinal);
    private CourierProcess? courier;
    private WebApplication? publisher;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private Task? decided;

    /// <summary>Where the application listens.</summary>
    public string Address => courier!.Address;

    public async Task InitializeAsync()
    {
        if (Chromium.ExecutablePath is null)
        {
            return;
        }

        courier = await CourierProcess.StartAsync();
        publisher = WebApplication.CreateSlimBuilder().Build();
        publisher.Urls.Add("http://127.0.0.1:0");
        publisher.MapGet("/{name}", (string name) => pages.TryGetValue(name, out var page) ? Results.Text(page.Content, page.Type) : Results.NotFound());
        await publisher.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>Opens a page of the demo newspaper, or another address, as a reader, and closes it after <paramref name="read"/>. Nothing may go wrong in the browser's console.</summary>
    public async Task ReadAsync(string address, Func<IPage, Task> read, BrowserNewContextOptions? reader = null, Func<IPage, Task>? before = null, params string[] expected)
    {
        Chromium.SkipUnlessInstalled();
        await using var context = await browser!.NewContextAsync(reader ?? Desktop());
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !expected.Any(part => message.Text.Contains(part, StringComparison.Ordinal)))
            {
                complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.AddInitScriptAsync("""
            window.shifts = [];
            new PerformanceObserver(list => window.shifts.push(...list.getEntries().filter(shift => !shift.hadRecentInput).map(shift => shift.value)))
              .observe({ type: 'layout-shift', buffered: true });
            document.addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
            """);
        if (before is not null)
        {
            await before(page);
        }

        await page.GotoAsync(new Uri(new Uri(courier!.Address), address).AbsoluteUri);
        await read(page).WaitAsync(Limit);
        Assert.Empty(complaints);
        Assert.Empty(await context.CookiesAsync());
    }

    /// <summary>Signs in to the desk as editor and operator, and closes the browser after <paramref name="edit"/>. Nothing may go wrong in the browser's console.</summary>
    public async Task EditAsync(Func<IPage, Task> edit, BrowserNewContextOptions? editor = null)
    {
        Chromium.SkipUnlessInstalled();
        await using var context = await browser!.NewContextAsync(editor ?? Desktop());
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            // That a page answers 404 on purpose is said here too.
            if (message.Type is "error" or "warning" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(Address + "/desk");
        await page.GetByLabel("Your name").FillAsync("Ines Calloway");
        await page.GetByLabel("Operator: starts runs").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        // Looked at until it is so: waiting for the page's load event can miss it when it has fired already.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/desk/courier$"));
        await edit(page).WaitAsync(Limit);
        Assert.Empty(complaints);
    }

    /// <summary>Decides a few things through the API, so that the desk has something to show. Once is enough.</summary>
    public Task DecideAsync() => decided ??= DecideOnceAsync();

    private async Task DecideOnceAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Add("X-Api-Key", courier!.Key);
        var stories = (await client.GetFromJsonAsync<JsonElement>("/api/latest?site=courier&count=8")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();
        var now = TimeProvider.System.GetUtcNow();
        (string Address, object Body)[] rules =
        [
            ($"/api/pages/{stories[0]}/overrides/pins/1", new { target = stories[3], from = now.AddHours(-2), until = now.AddHours(5), note = "Until the evening edition", author = "Ines Calloway" }),
            ($"/api/pages/{stories[1]}/overrides/pins/2", new { target = stories[4], note = "", author = "Ben Okafor" }),
            ($"/api/pages/{stories[2]}/overrides/pins/1", new { target = stories[5], from = now.AddHours(3), until = now.AddHours(20), note = "After the vote", author = "Ines Calloway" }),
            ($"/api/site/overrides/boosts/{stories[6]}", new { factor = 1.5, until = now.AddHours(8), author = "Ben Okafor" }),
        ];
        foreach (var (address, body) in rules)
        {
            using var answer = await client.PutAsJsonAsync(address + "?site=courier", body);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Puts a page on the other web server, with the widget's script and <paramref name="body"/>, and returns its address.</summary>
    public string Publish(string name, string body, string language = "en", string head = "")
    {
        Chromium.SkipUnlessInstalled();
        return PublishFile(name, "text/html; charset=utf-8", $"""
            <!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{name}</title><link rel="icon" href="data:,">
            <script src="{Address}/widget.js"></script>{head}</head><body>{body}</body></html>
            """);
    }

    /// <summary>Puts any file there.</summary>
    public string PublishFile(string name, string type, string content)
    {
        Chromium.SkipUnlessInstalled();
        pages[name] = (type, content);
        return $"{publisher!.Urls.First()}/{name}";
    }

    public static BrowserNewContextOptions Desktop(ColorScheme scheme = ColorScheme.Light) => new() { ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = scheme };

    public static BrowserNewContextOptions Phone(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        ColorScheme = scheme,
        HasTouch = true,
        IsMobile = true,
        DeviceScaleFactor = 2,
    };

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (publisher is not null)
        {
            await publisher.DisposeAsync();
        }

        if (courier is not null)
        {
            await courier.DisposeAsync();
        }
    }
}

/// <summary>Tests that share the newspaper, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class NewspaperTests : ICollectionFixture<Newspaper>
{
    public const string Name = "Newspaper";
}
