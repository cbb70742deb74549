using Recommender.Tables;

namespace Recommender.Functions;

/// <summary>Makes the tables before anything asks for them.</summary>
internal sealed class StoreStartup(ITableStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.EnsureCreatedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
