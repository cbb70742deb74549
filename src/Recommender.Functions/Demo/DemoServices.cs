using Microsoft.Extensions.Options;
using Recommender.Functions.Api;
using Recommender.Sites;

namespace Recommender.Functions.Demo;

/// <summary>The sample newspaper at <c>/demo</c>: how lists look on the pages of a real one. There is none of it unless <see cref="DemoOptions.Enabled"/>.</summary>
public static class DemoServices
{
    /// <summary>Loads the sample articles at start, before the server answers.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<DemoOptions>().Bind(configuration.GetSection(DemoOptions.Section)).PostConfigure(options => options.Enabled ??= environment.IsDevelopment());
        if (configuration.GetSection(DemoOptions.Section).Get<DemoOptions>()?.Enabled ?? environment.IsDevelopment())
        {
            services.AddSingleton<Edition>();
            services.AddHostedService<SampleNewsroom>();
        }

        return services;
    }

    /// <summary>Maps <c>/demo</c> and everything below it.</summary>
    public static void MapDemo(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<DemoOptions>>().Value;
        if (options.Enabled is not true || !endpoints.ServiceProvider.GetRequiredService<SiteCatalog>().TryGet(DemoOptions.Site, out _))
        {
            return;
        }

        var assets = DemoAssets.Load();
        endpoints.MapMethods("/demo/{*path}", [HttpMethods.Get, HttpMethods.Head], (string? path, HttpContext context, Edition edition) =>
            assets.TryGetValue(path ?? "", out var asset) ? Task.FromResult(asset.ToResult(CachedContent.Revalidate)) : DemoPages.ServeAsync(path ?? "", context, edition))
            .ExcludeFromDescription();
    }
}
