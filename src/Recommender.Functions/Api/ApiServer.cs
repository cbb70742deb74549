using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Recommender.Functions.Api;

/// <summary>The web server's own settings.</summary>
public static class ApiServer
{
    /// <summary>The environment variable by which the Functions host tells a custom handler its port.</summary>
    public const string HandlerPort = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>The setting by which the isolated-worker front says that it is one.</summary>
    public const string Worker = "Triggers:Worker";

    // The longest line of the interchange format, and some more.
    private const long MaxRequestBody = Recommender.Articles.ArticleLines.MaxLineLength + (64 * 1024);

    /// <summary>Whether a Functions host started this process.</summary>
    public static bool IsHandler(IConfiguration configuration) => configuration[HandlerPort] is { Length: > 0 };

    /// <summary>Whether requests and timers come from a Functions host on this machine: to this process as a custom handler, or as its isolated worker.</summary>
    public static bool IsBehindHost(IConfiguration configuration) => IsHandler(configuration) || configuration.GetValue<bool>(Worker);

    /// <summary>Limits what a request may cost, whoever made the server.</summary>
    public static void LimitRequests(this IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
    });

    /// <summary>Behind the Functions host, listens at the port it gave, on loopback only.</summary>
    public static void ConfigureRecommenderServer(this IWebHostBuilder server) => server.ConfigureKestrel((context, kestrel) =>
    {
        if (IsHandler(context.Configuration))
        {
            kestrel.ListenLocalhost(int.Parse(context.Configuration[HandlerPort]!, CultureInfo.InvariantCulture));
        }
    });
}
