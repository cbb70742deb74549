using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Recommender.Tables.Azure;

/// <summary>Registers the store on Azure Table Storage.</summary>
public static class AzureTableServices
{
    /// <summary>The configuration key of letters and digits that start each table's name, so that several deployments can share an account.</summary>
    public const string PrefixKey = "Recommender:TablePrefix";

    /// <summary>
    /// Adds the tables of a storage account. Reads no secret but a connection string; an account name or address is used with the identity of
    /// the process (managed identity, environment, developer's login).
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="value">
    /// What stands behind <c>azure:</c>: an account name, a connection string (<c>UseDevelopmentStorage=true</c> for the emulator), or nothing for what
    /// Azure Functions uses itself: <c>AzureWebJobsStorage</c> (a connection string), or <c>AzureWebJobsStorage:tableServiceUri</c> or
    /// <c>AzureWebJobsStorage:accountName</c>, with <c>AzureWebJobsStorage:clientId</c> for a user-assigned identity.
    /// </param>
    /// <param name="configuration">Where those are looked up, and <see cref="PrefixKey"/>.</param>
    /// <exception cref="InvalidOperationException">The account cannot be told from these, or the prefix is not usable.</exception>
    public static IServiceCollection AddAzureTables(this IServiceCollection services, string value, IConfiguration configuration)
    {
        var client = AzureAccount.Connect(value, configuration);
        var prefix = configuration[PrefixKey] ?? "";
        try
        {
            var store = new AzureTableStore(client, prefix);
            return services.AddSingleton<ITableStore>(store).AddSingleton<ITableScan>(store);
        }
        catch (ArgumentException refused)
        {
            throw new InvalidOperationException($"{PrefixKey} is '{prefix}', but takes up to {AzureTableStore.PrefixLength} ASCII letters and digits, a letter first.", refused);
        }
    }
}
