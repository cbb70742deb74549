using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Recommender.Functions.Access;

namespace Recommender.Functions.Tests.Support;

/// <summary>The application as it is composed in production, on a real server at a loopback port, over an SQLite file of its own and a clock that stands still.</summary>
public sealed class Deployment : WebApplicationFactory<Program>
{
    public const string CmsKey = "ms_the-key-of-the-content-management-system";
    public const string EditorKey = "ms_the-key-of-the-newsroom";
    public const string OpsKey = "ms_the-key-of-the-platform-team";

    private readonly string folder = Directory.CreateTempSubdirectory("deployment-").FullName;
    private readonly Dictionary<string, string?> settings;
    private readonly Action<IServiceCollection> replace;

    private Deployment(string environment, IEnumerable<(string Key, string? Value)> changed, Action<IServiceCollection> replace)
    {
        Environment = environment;
        this.replace = replace;
        settings = new Dictionary<string, string?>
        {
            ["Recommender:Store"] = $"sqlite:{Path.Combine(folder, "stories.db")}",
            ["Recommender:Sites:gazette:Name"] = "The Gazette",
            ["Recommender:Sites:gazette:Hosts:0"] = "gazette.example",
            ["Recommender:Sites:gazette:AllowedOrigins:0"] = "https://gazette.example",
            ["Recommender:Sites:gazette:TimeZone"] = "Europe/Paris",
            ["Recommender:Sites:gazette:Threads"] = "show",
            ["Access:Keys:0:Name"] = "cms",
            ["Access:Keys:0:Hash"] = ApiKey.Hash(CmsKey),
            ["Access:Keys:0:Scopes:0"] = AccessServices.Articles,
            ["Access:Keys:1:Name"] = "newsroom",
            ["Access:Keys:1:Hash"] = ApiKey.Hash(EditorKey),
            ["Access:Keys:1:Scopes:0"] = AccessServices.Editor,
            ["Access:Keys:2:Name"] = "platform",
            ["Access:Keys:2:Hash"] = ApiKey.Hash(OpsKey),
            ["Access:Keys:2:Scopes:0"] = AccessServices.Ops,
            ["Triggers:Enabled"] = "false",
        };
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
        }

        UseKestrel(0);
    }

    public string Environment { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts it, in Production, with settings on top of a working configuration; a null takes one away.</summary>
    public static Deployment Start(params (string Key, string? Value)[] changed) => Start("Production", changed);

    public static Deployment Start(string environment, params (string Key, string? Value)[] changed) => Start(environment, _ => { }, changed);

    /// <summary>Starts it with other services than production has, where the real ones cannot be brought to do what a test is about.</summary>
    public static Deployment Start(Action<IServiceCollection> replace, params (string Key, string? Value)[] changed) => Start("Production", replace, changed);

    private static Deployment Start(string environment, Action<IServiceCollection> replace, (string Key, string? Value)[] changed)
    {
        var deployment = new Deployment(environment, changed, replace);
        deployment.StartServer();

        // The factory's own client follows redirects and keeps cookies whatever its options say, when the server is a real one.
        deployment.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = deployment.ClientOptions.BaseAddress };
        return deployment;
    }

    /// <summary>What keeps it from starting, setting by setting.</summary>
    public static async Task<IReadOnlyList<string>> FailToStartAsync(params (string Key, string? Value)[] changed)
    {
        await using var unused = new Deployment("Production", changed, _ => { });
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = unused.Environment, ContentRootPath = unused.folder });
        builder.Configuration.AddInMemoryCollection(unused.settings.Where(setting => setting.Value is not null)).AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        RecommenderApp.Configure(builder);
        await using var app = builder.Build();
        return [.. (await Assert.ThrowsAsync<OptionsValidationException>(() =>
        {
            app.UseRecommender();
            return app.StartAsync();
        })).Failures];
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, object? body = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, new MediaTypeHeaderValue("application/json")),
            _ => JsonContent.Create(body),
        };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Publishes an invented story and returns its id.</summary>
    public async Task<string> PublishAsync(string id, string title, string body = "", string published = "2026-11-01T08:00:00Z", params string[] topics)
    {
        using var answer = await SendAsync(HttpMethod.Put, $"/api/articles/{id}", Story(id, title, body, published, topics), CmsKey);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return id;
    }

    /// <summary>An invented story as a CMS sends it.</summary>
    public static object Story(string id, string title, string body = "", string published = "2026-11-01T08:00:00Z", params string[] topics) =>
        new { url = $"https://gazette.example/{id}", title, dek = $"In short: {title}.", body, published, topics };

    /// <summary>Three stories of one strike, one of something else.</summary>
    public async Task PublishFerriesAsync()
    {
        const string Strike = "The ferry crews of Brennan Sound say night sailings leave them without rest, and the ferry union wants a third crew on every ferry.";
        await PublishAsync("strike", "Ferry crews vote to strike over night sailings", Strike, "2026-10-01T08:00:00Z", "Harbour");
        await PublishAsync("mediator", "Harbour board and ferry union meet a mediator", Strike, "2026-10-03T08:00:00Z", "Harbour");
        await PublishAsync("farmers", "Island farmers count the cost of a silent harbour", Strike, "2026-10-05T08:00:00Z", "Harbour");
        await PublishAsync("frost", "Late frost takes half of the apple blossom", "Apple growers in the valley light fires between the trees.", "2026-10-07T08:00:00Z", "Countryside");
    }

    /// <summary>The JSON of an answer.</summary>
    public async Task<JsonElement> GetJsonAsync(string address, string? key = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, address, null, key);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await JsonOf(answer);
    }

    /// <summary>Ids in the list of a page, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string id, string query = "") =>
        [.. (await GetJsonAsync($"/api/more-stories?id={id}{query}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());

    /// <summary>Names of the fields that a problem says are wrong.</summary>
    public static async Task<IReadOnlyList<string>> WrongFields(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await JsonOf(answer)).GetProperty("errors").EnumerateObject().Select(field => field.Name)];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseContentRoot(folder);
        foreach (var (key, value) in settings.Where(setting => setting.Value is not null))
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings.Where(setting => setting.Value is not null)));
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            replace(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Client?.Dispose();
        }

        if (disposing && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
