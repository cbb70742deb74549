using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Recommender.Tables.Azure;

/// <summary>Finds the storage account that an address or the configuration of Azure Functions names.</summary>
internal static class AzureAccount
{
    private const string Section = "AzureWebJobsStorage";
    internal const string AccountName = Section + ":accountName";
    private const string TableServiceUri = Section + ":tableServiceUri";
    internal const string ClientId = Section + ":clientId";

    /// <summary>A client for the account; asks nothing of it.</summary>
    /// <exception cref="InvalidOperationException">No account is named, or not in a way that can be read. The message holds no secret.</exception>
    public static TableServiceClient Connect(string value, IConfiguration configuration)
    {
        if (value.Contains('=', StringComparison.Ordinal))
        {
            return FromConnectionString(value, "The store's address");
        }

        if (value.Length > 0)
        {
            return FromIdentity(Endpoint(value, "The store's address"), configuration);
        }

        if (configuration[Section] is { Length: > 0 } connectionString)
        {
            return FromConnectionString(connectionString, Section);
        }

        if (configuration[TableServiceUri] is { Length: > 0 } address)
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0
                ? FromIdentity(uri, configuration)
                : throw new InvalidOperationException($"{TableServiceUri} is not an https address such as https://account.table.core.windows.net.");
        }

        return configuration[AccountName] is { Length: > 0 } account
            ? FromIdentity(Endpoint(account, AccountName), configuration)
            : throw new InvalidOperationException(
                $"The store 'azure' needs a storage account: set {Section} (a connection string), {AccountName} or {TableServiceUri}, or write azure:ACCOUNT.");
    }

    private static TableServiceClient FromConnectionString(string connectionString, string source)
    {
        try
        {
            return new TableServiceClient(connectionString, AzureTableStore.ClientOptions());
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException or ArgumentException)
        {
            // The inner exception may quote the string, which is a secret.
            throw new InvalidOperationException($"{source} is not a connection string of a storage account.");
        }
    }

    private static TableServiceClient FromIdentity(Uri endpoint, IConfiguration configuration)
    {
        var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration[ClientId] });
        return new TableServiceClient(endpoint, credential, AzureTableStore.ClientOptions());
    }

    private static Uri Endpoint(string account, string source) =>
        account.Length is >= 3 and <= 24 && account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? new Uri($"https://{account}.table.core.windows.net")
            : throw new InvalidOperationException($"{source} names the storage account '{account}', but an account's name is 3 to 24 lower-case letters and digits.");
}
