using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender;

/// <summary>Registers the engine.</summary>
public static class RecommenderServices
{
    /// <summary>
    /// Adds the engine to a host, configured by the section <see cref="RecommenderOptions.Section"/> of <paramref name="configuration"/>. A table store
    /// (<c>AddSqliteTables</c> or <c>AddAzureTables</c>) must be added too.
    /// </summary>
    public static IServiceCollection AddRecommender(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RecommenderOptions>().Bind(configuration.GetSection(RecommenderOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SiteCatalog(
            provider.GetRequiredService<IOptions<RecommenderOptions>>().Value.Sites.Select(entry => entry.Value.ToSite(entry.Key))));
        services.AddSingleton<ArticleValidator>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<MoreStoriesService>();
        services.AddSingleton<OverrideStore>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<Reindexer>();
        return services;
    }
}
