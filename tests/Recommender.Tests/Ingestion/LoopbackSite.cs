using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recommender.Tests.Ingestion;

/// <summary>A real web server on loopback, whose pages a test writes and whose requests it can see.</summary>
public sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, RequestDelegate> pages = new(StringComparer.Ordinal);

    private LoopbackSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Paths that were asked for, in order, robots.txt left out.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Headers of the last request for each path.</summary>
    public ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Headers { get; } = new();

    public string Address { get; private set; } = "";

    public static async Task<LoopbackSite> StartAsync()
    {
        var site = new LoopbackSite();
        await site.app.StartAsync();
        site.Address = site.app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return site;
    }

    public string Url(string path) => Address + path;

    public Uri Uri(string path) => new(Address + path);

    public void Answer(string path, RequestDelegate answer) => pages[path] = answer;

    public void Answer(string path, string content, string type = "application/xml") => Answer(path, Encoding.UTF8.GetBytes(content), type);

    public void Answer(string path, byte[] content, string type = "application/xml", params (string Name, string Value)[] headers) => pages[path] = async context =>
    {
        context.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(content);
    };

    public void AnswerStatus(string path, int status, params (string Name, string Value)[] headers) => pages[path] = context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    };

    /// <summary>Content with an ETag, and 304 for whoever has it.</summary>
    public void AnswerWithETag(string path, string content, string etag) => pages[path] = async context =>
    {
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.ContentType = "application/rss+xml";
        await context.Response.WriteAsync(content);
    };

    public void Remove(string path) => pages.TryRemove(path, out _);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path + context.Request.QueryString;
        if (path != "/robots.txt")
        {
            Requests.Enqueue(path);
        }

        Headers[path] = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        if (pages.TryGetValue(path, out var page))
        {
            await page(context);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}
