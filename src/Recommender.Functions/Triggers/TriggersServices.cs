using Recommender.Functions.Api;
using Recommender.Functions.Triggers.Jobs;
using Recommender.Functions.Triggers.Queues;
using Recommender.Reindexing;
using Recommender.Tables.Azure;

namespace Recommender.Functions.Triggers;

/// <summary>Registers what runs by itself, and on demand.</summary>
public static class TriggersServices
{
    private static readonly TimeSpan HandlerShutdown = TimeSpan.FromSeconds(3);

    /// <summary>Adds the jobs and, where no Functions host calls them, the scheduler that does.</summary>
    public static IServiceCollection AddTriggers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TriggersOptions>().Bind(configuration.GetSection(TriggersOptions.Section));
        foreach (var manifest in FunctionManifest.ReadAll(FunctionManifest.Folder))
        {
            services.AddSingleton(manifest);
        }

        services.AddSingleton<IJob, PollFeedsJob>();
        services.AddSingleton<IJob, ReindexJob>();
        services.AddSingleton<IJob, SweepJob>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<WorkerFront>();
        services.AddSingleton<ReindexRuns>();
        services.AddRunQueue(configuration);
        if (ApiServer.IsHandler(configuration))
        {
            // The Functions host kills what has not ended soon. Requests are done by then; a job that is not is cancelled, and gone on with by the next.
            services.Configure<HostOptions>(options => options.ShutdownTimeout = HandlerShutdown);
        }

        if (!ApiServer.IsBehindHost(configuration))
        {
            services.AddHostedService<Scheduler>();
        }

        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, TriggersJson.Default));
        return services;
    }

    private static void AddRunQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<QueuedRuns>();
        services.AddSingleton<LocalRunQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalRunQueue>());
        if (ApiServer.IsBehindHost(configuration) && AzureQueues.Connect(OrderQueue.Name, configuration) is { } queue)
        {
            services.AddSingleton(new OrderQueue(queue));
            services.AddSingleton<IRunQueue, HostRunQueue>();
            services.AddSingleton<IWorkQueue, HostWorkQueue>();
        }
        else
        {
            services.AddSingleton<IRunQueue>(provider => provider.GetRequiredService<LocalRunQueue>());
        }
    }

    /// <summary>Maps runs on demand and, for the Functions host, its triggers.</summary>
    public static void MapTriggers(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapReindex();
        if (ApiServer.IsHandler(endpoints.ServiceProvider.GetRequiredService<IConfiguration>()))
        {
            endpoints.MapHostTriggers();
        }
    }
}
