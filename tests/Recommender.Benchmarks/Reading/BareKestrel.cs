using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Recommender.Benchmarks.Reading;

/// <summary>Kestrel with nothing behind it: whatever is asked, it gives the bytes and headers that another server once gave.</summary>
internal sealed class BareKestrel : IAsyncDisposable
{
    private readonly WebApplication app;
    private KeyValuePair<string, StringValues>[] headers = [];
    private byte[] body = [];

    private BareKestrel(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Starts one at a free port.</summary>
    public static async Task<BareKestrel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        var bare = new BareKestrel(builder.Build());
        bare.app.Run(bare.AnswerAsync);
        await bare.app.StartAsync();
        return bare;
    }

    /// <summary>Gives from now on what is at an address.</summary>
    public async Task CopyAsync(Uri address)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", HotPage.Encodings);
        request.Headers.TryAddWithoutValidation("Origin", HotPage.Origin);
        using var answer = await client.SendAsync(request);
        body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        headers = [.. answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
            .Select(header => KeyValuePair.Create(header.Key, new StringValues([.. header.Value])))];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
