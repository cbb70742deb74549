using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Backups;
using Recommender.Changes;
using Recommender.Clicks;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Publishing;
using Recommender.Editorial.Review;
using Recommender.Embeddings;
using Recommender.Evaluation;
using Recommender.Models;
using Recommender.MoreStories;
using Recommender.Ranking.Learning;
using Recommender.Ranking.Models;
using Recommender.Reindexing;
using Recommender.Reporting;
using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Sites;
using Recommender.Telemetry;
using Recommender.Threads;
using Recommender.Topics;

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
        services.AddSingleton<IValidateOptions<RecommenderOptions>, RecommenderOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SiteCatalog(
            provider.GetRequiredService<IOptions<RecommenderOptions>>().Value.Sites.Select(entry => entry.Value.ToSite(entry.Key))));
        services.AddSingleton<SiteGates>();
        services.AddMetrics();
        services.AddSingleton<Measurements>();

        services.AddSingleton<ChangeLog>();
        services.AddSingleton<StoreSilence>();
        services.AddSingleton<ChangeFollower>();
        services.AddSingleton<Journal>();

        services.AddSingleton<ArticleTable>();
        services.AddSingleton<Timeline>();
        services.AddSingleton<ArticleValidator>();
        services.AddSingleton<ArticleProjection>();
        services.AddSingleton<Publisher>();

        services.AddSingleton<NeighbourTable>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<NeighbourTable>());
        services.AddSingleton<NeighbourUpdate>();
        services.AddSingleton<ThreadUpdate>();
        services.AddSingleton<IndexPackTable>();
        services.AddSingleton<IndexPacks>();
        services.AddSingleton<SiteIndexes>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<SiteIndexes>());
        services.AddSingleton<SiteSubjects>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<SiteSubjects>());

        services.AddEmbedding(configuration);
        services.AddSingleton<ArticlePlacing>();

        services.AddSingleton<AuditLog>();
        services.AddSingleton<OverrideTable>();
        services.AddSingleton<OverrideStore>();
        services.AddSingleton<DraftTable>();
        services.AddSingleton<DraftStore>();
        services.AddSingleton<PublicationStore>();
        services.AddSingleton<PublishedCheck>();
        services.AddSingleton<PageReviews>();
        services.AddSingleton<AbsenceSearch>();
        services.AddSingleton<TextPreview>();
        services.AddSingleton<DryRun>();
        services.AddSingleton<Agenda>();

        services.AddSingleton<SiteRankers>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<SiteRankers>());
        services.AddSingleton<JudgedLists>();
        services.AddSingleton<RecentCards>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<RecentCards>());
        services.AddSingleton<ReadCache>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<ReadCache>());
        services.AddSingleton<ListGatherer>();
        services.AddSingleton<MoreStoriesService>();
        services.AddSingleton<ListReplay>();

        services.AddSingleton<ModelTable>();
        services.AddSingleton<TopicModels>();
        services.AddSingleton<TopicFiling>();

        services.AddSingleton<ClickTable>();
        services.AddSingleton<ClickCounter>();
        services.AddSingleton<ClickEvidence>();
        services.AddSingleton<ListSurvey>();
        services.AddSingleton<EditorialEvidence>();
        services.AddSingleton<RankerLearning>();
        services.AddReindexing();

        services.AddSingleton<SiteBackup>();
        services.AddSingleton<SiteRestore>();
        return services;
    }
}
