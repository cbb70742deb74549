using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Recommender.Tables.Azure;

/// <summary>Finds the queues of the storage account that Azure Functions uses itself.</summary>
public static class AzureQueues
{
    private const string Section = "AzureWebJobsStorage";
    private const string QueueServiceUri = Section + ":queueServiceUri";

    // Messages as the Functions host reads them, unless its host.json says otherwise. Somebody waits for the answer, and can do without the queue.
    private static readonly QueueClientOptions Options = new() { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(250), NetworkTimeout = TimeSpan.FromSeconds(10) } };

    /// <summary>
    /// A queue of the account that <c>AzureWebJobsStorage</c> names: by a connection string, or by <c>AzureWebJobsStorage:queueServiceUri</c> or <c>:accountName</c> with the process's identity.
    /// Asks nothing of it. Null when none is named, or not in a way that can be read.
    /// </summary>
    /// <param name="name">The queue's name.</param>
    /// <param name="configuration">Where the account is looked up.</param>
    public static QueueClient? Connect(string name, IConfiguration configuration)
    {
        if (configuration[Section] is { Length: > 0 } connectionString)
        {
            return FromConnectionString(connectionString, name);
        }

        var address = configuration[QueueServiceUri] ?? (configuration[AzureAccount.AccountName] is { Length: > 0 } account ? $"https://{account}.queue.core.windows.net" : null);
        return Uri.TryCreate(address?.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? new QueueClient(new Uri($"{uri.AbsoluteUri.TrimEnd('/')}/{name}"), new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration[AzureAccount.ClientId] }), Options)
            : null;
    }

    private static QueueClient? FromConnectionString(string connectionString, string name)
    {
        try
        {
            return new QueueClient(connectionString, name, Options);
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
