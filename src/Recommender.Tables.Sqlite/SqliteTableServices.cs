using Microsoft.Extensions.DependencyInjection;

namespace Recommender.Tables.Sqlite;

/// <summary>Registers the embedded store.</summary>
public static class SqliteTableServices
{
    /// <summary>Adds the tables in the SQLite file at <paramref name="path"/>, which <see cref="ITableStore.EnsureCreatedAsync"/> makes.</summary>
    public static IServiceCollection AddSqliteTables(this IServiceCollection services, string path) =>
        services.AddSingleton(_ => new SqliteTableStore(path))
            .AddSingleton<ITableStore>(provider => provider.GetRequiredService<SqliteTableStore>())
            .AddSingleton<ITableScan>(provider => provider.GetRequiredService<SqliteTableStore>());
}
