using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Recommender.EndToEnd.Tests.Browser;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>The application with its sample newspaper, a browser for its editors, and the API beside it; one of each for all tests of the desk.</summary>
public sealed class Newsdesk : IAsyncLifetime
{
    private CourierProcess? courier;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The API, with a key of every scope.</summary>
    public HttpClient Api { get; } = new();

    public async Task InitializeAsync()
    {
        if (Chromium.ExecutablePath is null)
        {
            return;
        }

        courier = await CourierProcess.StartAsync();
        Api.BaseAddress = new Uri(courier.Address);
        Api.DefaultRequestHeaders.Add("X-Api-Key", courier.Key);
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    public static string PageOf(string id, string rest = "") => $"/desk/courier/pages/{Uri.EscapeDataString(id)}{rest}";

    /// <summary>Signs somebody in, in a browser of their own in which nothing may go wrong.</summary>
    public async Task<EditorInBrowser> SignInAsync(string name, BrowserNewContextOptions? options = null)
    {
        Chromium.SkipUnlessInstalled();
        options ??= Desktop();
        options.BaseURL = courier!.Address;
        var editor = new EditorInBrowser(await browser!.NewContextAsync(options));
        await editor.OpenAsync("/desk/_sign-in");
        await editor.Page.FillAsync("#name", name);
        await editor.Page.ClickAsync("main form button");
        return editor;
    }

    /// <summary>Publishes an article through the API, and returns its id.</summary>
    public async Task<string> PublishAsync(string id, string title, string dek = "", string body = "", string topic = "Desk tests")
    {
        Chromium.SkipUnlessInstalled();
        using var answer = await Api.PutAsJsonAsync($"/api/articles/{id}?site=courier", new { url = $"https://courier.example/desk/{id}", title, dek, body, topics = new[] { topic }, published = "2026-10-01T08:00:00Z" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return id;
    }

    /// <summary>The list that readers get, and its ETag.</summary>
    public async Task<(IReadOnlyList<string> Ids, string ETag)> ListAsync(string id)
    {
        using var answer = await Api.GetAsync(new Uri($"/api/more-stories?site=courier&id={Uri.EscapeDataString(id)}", UriKind.Relative));
        var list = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ([.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)], answer.Headers.ETag!.Tag);
    }

    /// <summary>The newest changes.</summary>
    public async Task<IReadOnlyList<JsonElement>> AuditAsync() =>
        [.. (await Api.GetFromJsonAsync<JsonElement>("/api/audit?site=courier")).GetProperty("entries").EnumerateArray()];

    public static BrowserNewContextOptions Desktop() => new() { ViewportSize = new() { Width = 1440, Height = 900 } };

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        Api.Dispose();
        if (courier is not null)
        {
            await courier.DisposeAsync();
        }
    }
}

/// <summary>Tests that share the desk, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class NewsdeskTests : ICollectionFixture<Newsdesk>
{
    public const string Name = "Newsdesk";
}
