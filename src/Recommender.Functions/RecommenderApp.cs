using Recommender.Embeddings;
using Recommender.Functions.Access;
using Recommender.Functions.Api;
using Recommender.Functions.Demo;
using Recommender.Functions.Desk;
using Recommender.Functions.Telemetry;
using Recommender.Functions.Triggers;
using Recommender.Functions.Widget;
using Recommender.Ingestion;
using Recommender.Tables;
using Recommender.Tables.Azure;
using Recommender.Tables.Sqlite;

namespace Recommender.Functions;

/// <summary>The application as it runs everywhere: by itself, in tests, behind the Functions host as a custom handler, and inside an isolated worker.</summary>
public static class RecommenderApp
{
    /// <summary>Configures a host of its own: services, server limits and, behind the Functions host, the port that it gave.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureRecommenderServer();
        builder.Services.AddRecommenderApp(builder.Configuration, builder.Environment);
    }

    /// <summary>Adds everything the application needs to a host's services.</summary>
    public static IServiceCollection AddRecommenderApp(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddRecommender(configuration);
        services.AddEmbeddingModel(configuration);
        services.AddIngestion(configuration);
        services.AddTables(configuration, environment);
        services.AddHostedService<StoreStartup>();
        services.AddAccess(configuration, environment);
        services.AddApi(configuration);
        services.AddTriggers(configuration);
        services.AddTelemetry(configuration);
        services.AddWidget();
        services.AddDesk(configuration);
        services.AddDemo(configuration, environment);
        if (environment.IsDevelopment() && !ApiServer.IsBehindHost(configuration))
        {
            services.AddHostedService<WelcomeBanner>();
        }

        return services;
    }

    /// <summary>Builds the whole pipeline on any application builder, so that a worker can run it too.</summary>
    public static IApplicationBuilder UseRecommender(this IApplicationBuilder app)
    {
        app.UseApi();
        app.UseRouting();
        app.UseRoutedApi();
        app.UseDeskTransport();
        app.UseAccess();
        app.UseDeskGuard();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapApi();
            endpoints.MapTriggers();
            endpoints.MapTelemetry();
            endpoints.MapWidget();
            endpoints.MapDesk();
            endpoints.MapDemo();
        });
        return app;
    }

    private static void AddTables(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var setting = configuration[$"{RecommenderOptions.Section}:{nameof(RecommenderOptions.Store)}"] ?? new RecommenderOptions().Store;
        if (!StoreAddress.TryParse(setting, out var address))
        {
            // The options' own validation says so when the host starts.
            return;
        }

        if (address.Kind == StoreAddress.Sqlite)
        {
            var path = Path.GetFullPath(address.Value, environment.ContentRootPath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            services.AddSqliteTables(path);
        }
        else
        {
            services.AddAzureTables(address.Value, configuration);
        }
    }
}
