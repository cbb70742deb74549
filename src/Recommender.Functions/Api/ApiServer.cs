using System.Globalization;

namespace Recommender.Functions.Api;

/// <summary>The web server's own settings.</summary>
public static class ApiServer
{
    /// <summary>The environment variable by which the Functions host tells a custom handler its port.</summary>
    public const string HandlerPort = "FUNCTIONS_CUSTOMHANDLER_PORT";

    // The longest line of the interchange format, and some more.
    private const long MaxRequestBody = Recommender.Articles.ArticleLines.MaxLineLength + (64 * 1024);

    /// <summary>Whether a Functions host started this process.</summary>
    public static bool IsHandler(IConfiguration configuration) => configuration[HandlerPort] is { Length: > 0 };

    /// <summary>Limits what a request may cost and, behind the Functions host, listens at the port it gave, on loopback only.</summary>
    public static void ConfigureRecommenderServer(this IWebHostBuilder server) => server.ConfigureKestrel((context, kestrel) =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        if (IsHandler(context.Configuration))
        {
            kestrel.ListenLocalhost(int.Parse(context.Configuration[HandlerPort]!, CultureInfo.InvariantCulture));
        }
    });
}
