using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommender.Models;
using Recommender.Reindexing.Placing;
using Recommender.Reindexing.Stages;
using Recommender.Similarity;
using Recommender.Similarity.Packs;

namespace Recommender.Reindexing;

/// <summary>Registers runs.</summary>
internal static class ReindexingServices
{
    /// <summary>Adds runs and what they do. A host whose instances help each other adds an <see cref="IWorkQueue"/>.</summary>
    public static IServiceCollection AddReindexing(this IServiceCollection services)
    {
        services.TryAddSingleton<IWorkQueue, SoleWorker>();
        services.AddSingleton<LeaseTable>();
        services.AddSingleton<RunTable>();
        services.AddSingleton<RunBlockTable>();
        services.AddSingleton<PlacingRuns>();
        services.AddSingleton<RunMarks>();

        services.AddSingleton<IRunStage, PlanningStage>();
        services.AddSingleton<IRunStage, TermsStage>();
        services.AddSingleton<IRunStage, TopicsStage>();
        services.AddSingleton<IRunStage, PlacesStage>();
        services.AddSingleton<IRunStage, ThreadsStage>();
        services.AddSingleton<IRunStage, ListsStage>();
        services.AddSingleton<IRunStage, SwitchStage>();
        services.AddSingleton<IRunStage, LearningStage>();

        services.AddSingleton<BlockWork>();
        services.AddSingleton<RunLeader>();
        services.AddSingleton<RunHelp>();
        services.AddSingleton(provider => new Reindexer(
            provider.GetRequiredService<RunTable>(),
            provider.GetRequiredService<RunBlockTable>(),
            provider.GetRequiredService<LeaseTable>(),
            provider.GetRequiredService<NeighbourTable>(),
            provider.GetRequiredService<IndexPacks>(),
            provider.GetRequiredService<ModelTable>(),
            provider.GetRequiredService<RunLeader>(),
            provider.GetRequiredService<RunHelp>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
