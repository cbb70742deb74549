using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Recommender.Tables;
using Recommender.Telemetry;

namespace Recommender.Functions.Telemetry;

/// <summary>Registers what operators look at: health, metrics and traces.</summary>
public static class TelemetryServices
{
    private const string ServiceName = "more-stories";
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    /// <summary>
    /// Adds health checks, measures the table store (which must have been added) and sends metrics, traces and logs where settings say: by OTLP for one of the standard <c>OTEL_EXPORTER_OTLP_…</c>, to
    /// Application Insights for <see cref="AzureMonitor.ConnectionString"/>; to both for both. What is measured: <see cref="Measurements"/>.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StoreHealth>();
        services.AddHealthChecks().AddCheck<StoreHealth>("store").AddCheck<SitesHealth>("sites");
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, HealthJson.Default));
        MeasureStore(services);
        var (otlp, azure) = (Endpoints.Any(endpoint => !string.IsNullOrEmpty(configuration[endpoint])), AzureMonitor.IsConfigured(configuration));
        if (!otlp && !azure)
        {
            return services;
        }

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? ServiceName, serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics.AddMeter(Measurements.MeterName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
            .WithTracing(traces => traces.AddSource(Activities.SourceName)
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.Request.Path.StartsWithSegments(HealthEndpoints.Path))
                .AddHttpClientInstrumentation());
        if (otlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (azure)
        {
            telemetry.UseAzureMonitor(configuration);
        }

        return services;
    }

    /// <summary>Maps health.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder endpoints) => endpoints.MapHealth();

    private static void MeasureStore(IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(ITableStore)) is not { } store)
        {
            // The options' own validation says so when the host starts.
            return;
        }

        services.Replace(ServiceDescriptor.Singleton<ITableStore>(provider => new MeasuredTableStore(
            (ITableStore)(store.ImplementationInstance ?? store.ImplementationFactory!(provider)), provider.GetRequiredService<Measurements>(), provider.GetRequiredService<TimeProvider>())));
    }
}
