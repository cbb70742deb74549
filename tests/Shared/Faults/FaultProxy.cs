using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Recommender.Testing.Faults;

/// <summary>Stands between an application and the emulator of Azure Storage, and has calls fail as they do on a bad day.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication proxy;
    private readonly IHttpForwarder forwarder;
    private readonly HttpMessageInvoker target = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private readonly string destination;
    private readonly string emulator;
    private int calls;
    private int faults;

    private FaultProxy(Azurite azurite)
    {
        (destination, emulator) = (new Uri(azurite.Endpoint).GetLeftPart(UriPartial.Authority), azurite.ConnectionString);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore().AddHttpForwarder();
        proxy = builder.Build();
        forwarder = proxy.Services.GetRequiredService<IHttpForwarder>();
        proxy.Run(AnswerAsync);
    }

    /// <summary>What happens to the call of a number; 0 is the first.</summary>
    public Func<int, Fault> Choose { get; set; } = _ => Fault.None;

    /// <summary>Calls so far.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Those of them to which something happened.</summary>
    public int Faults => Volatile.Read(ref faults);

    /// <summary>What a client connects with that has to go through here.</summary>
    public string ConnectionString => emulator.Replace(destination, proxy.Urls.Single(), StringComparison.Ordinal);

    /// <summary>Stands before an emulator that has been started.</summary>
    public static async Task<FaultProxy> StartAsync(Azurite azurite)
    {
        var proxy = new FaultProxy(azurite);
        await proxy.proxy.StartAsync();
        return proxy;
    }

    /// <summary>A share of calls, by chance, each with one of the faults.</summary>
    /// <param name="seed">Another seed strikes other calls.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="kinds">The faults; one that stands here twice is twice as frequent.</param>
    public static Func<int, Fault> ByChance(int seed, double share, params IReadOnlyList<Fault> kinds) =>
        call => new Random(HashCode.Combine(seed, call)) is var random && random.NextDouble() < share ? kinds[random.Next(kinds.Count)] : Fault.None;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        target.Dispose();
    }

    private async Task AnswerAsync(HttpContext call)
    {
        var fault = Choose(Interlocked.Increment(ref calls) - 1);
        Interlocked.Add(ref faults, fault == Fault.None ? 0 : 1);
        switch (fault)
        {
            case Fault.None:
                await ForwardAsync(call);
                break;
            case Fault.Busy or Fault.Throttled:
                call.Response.StatusCode = fault == Fault.Busy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status429TooManyRequests;
                break;
            case Fault.AnswerLost:
                call.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
                await ForwardAsync(call);
                call.Abort();
                break;
            case Fault.Silence:
                await Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                break;
            default:
                call.Abort();
                break;
        }
    }

    private async Task ForwardAsync(HttpContext call) => await forwarder.SendAsync(call, destination, target, ForwarderRequestConfig.Empty, AsSent.Instance);

    // What is asked for was signed as the client wrote it.
    private sealed class AsSent : HttpTransformer
    {
        public static AsSent Instance { get; } = new();

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = new Uri(destinationPrefix + httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }
    }
}
