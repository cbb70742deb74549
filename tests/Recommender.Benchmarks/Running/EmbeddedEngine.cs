using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Benchmarks.Running;

/// <summary>The engine on an empty embedded store, which goes with it.</summary>
internal sealed class EmbeddedEngine : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-benchmark-");

    private EmbeddedEngine() => Services = new ServiceCollection().AddLogging()
        .AddRecommender(new ConfigurationBuilder().Build())
        .AddSqliteTables(Path.Combine(folder.FullName, "stories.db"))
        .BuildServiceProvider();

    /// <summary>The engine's parts.</summary>
    public ServiceProvider Services { get; }

    /// <summary>Bytes of the store.</summary>
    public long StoredBytes => folder.EnumerateFiles().Sum(file => file.Length);

    /// <summary>Makes one.</summary>
    public static async Task<EmbeddedEngine> CreateAsync(CancellationToken cancellation)
    {
        var engine = new EmbeddedEngine();
        await engine.Services.GetRequiredService<ITableStore>().EnsureCreatedAsync(cancellation);
        return engine;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
