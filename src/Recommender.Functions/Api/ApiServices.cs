using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Recommender.Functions.Api.Articles;
using Recommender.Functions.Api.Clicks;
using Recommender.Functions.Api.Kept;
using Recommender.Functions.Api.Lists;
using Recommender.Functions.Api.Overrides;
using Recommender.Tables;
using Scalar.AspNetCore;

namespace Recommender.Functions.Api;

/// <summary>Registers the HTTP interface.</summary>
public static class ApiServices
{
    private static readonly string[] CompressedTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "text/javascript", "image/svg+xml"];

    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Describe);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddRouting();
        services.AddCors();
        services.AddSingleton<ICorsPolicyProvider, SiteCors>();
        services.AddRateLimiter();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, RateLimits>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = CompressedTypes;
        });
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<OverrideDesk>();
        services.AddHostedService<ClickFlush>();
        services.AddRecommenderOpenApi();
        services.LimitRequests();
        if (ApiServer.IsBehindHost(configuration))
        {
            // Every request comes from the Functions host on this machine; who asked stands in its headers.
            services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost);
        }

        return services;
    }

    /// <summary>What every request passes before it is routed.</summary>
    public static void UseApi(this IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        KeptAnswersPipeline.Use(app);
        app.UseStatusCodePages();
        app.Use(async (context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.XContentTypeOptions = "nosniff";
                return Task.CompletedTask;
            });
            await next(context);
        });
        app.UseResponseCompression();
    }

    /// <summary>What every request passes once it is known where it goes.</summary>
    public static void UseRoutedApi(this IApplicationBuilder app)
    {
        app.UseCors();
        app.UseRateLimiter();
    }

    /// <summary>Maps its endpoints.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLists();
        endpoints.MapArticles();
        endpoints.MapOverrides();
        endpoints.MapAudit();
        endpoints.MapClicks();
        endpoints.MapOpenApi().WithName("OpenApi");
        endpoints.MapScalarApiReference("/docs", options => options.WithTitle("More Stories").DisableDefaultFonts());
    }

    private static int StatusOf(Exception failure) => failure switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        TableUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
