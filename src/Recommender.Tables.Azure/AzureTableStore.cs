using System.Runtime.CompilerServices;
using Azure.Core;
using Azure.Data.Tables;

namespace Recommender.Tables.Azure;

/// <summary>Tables in an Azure storage account, or in its emulator.</summary>
public sealed class AzureTableStore : ITableStore, ITableScan
{
    /// <summary>Characters that a prefix may have: with the longest name of a table it stays within 63.</summary>
    public const int PrefixLength = 40;

    private readonly TableServiceClient service;
    private readonly string prefix;

    /// <summary>Makes a store; asks nothing of the account yet.</summary>
    /// <param name="service">The account, with the credentials and the retries to use: a client that <see cref="ClientOptions"/> did not make may take its own write for another's.</param>
    /// <param name="prefix">What each table's name starts with: empty, or letters and digits with a letter first.</param>
    /// <exception cref="ArgumentException">The prefix cannot start a table's name.</exception>
    public AzureTableStore(TableServiceClient service, string prefix = "")
    {
        if (prefix.Length > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix.Length, PrefixLength, nameof(prefix));
            TableLimits.CheckTableName(prefix + TableNames.Articles);
        }

        this.service = service;
        this.prefix = prefix;
    }

    /// <summary>
    /// What a client of the account works by: about four seconds of retries where the account answers, and ten more for each answer that does not come. A page waits for them at worst, and then what
    /// is cached serves.
    /// </summary>
    public static TableClientOptions ClientOptions()
    {
        var options = new TableClientOptions
        {
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = 4,
                Delay = TimeSpan.FromMilliseconds(250),
                MaxDelay = TimeSpan.FromSeconds(5),
                NetworkTimeout = TimeSpan.FromSeconds(10),
            },
        };
        options.AddPolicy(Sendings.Policy, HttpPipelinePosition.PerRetry);
        return options;
    }

    /// <inheritdoc/>
    public string Description =>
        $"{StoreAddress.Azure}:{service.AccountName}{(prefix.Length == 0 ? "" : $" ({prefix}*)")}";

    /// <inheritdoc/>
    public ITable Table(string name) =>
        new AzureTable(service.GetTableClient(prefix + TableLimits.CheckTableName(name)), name, new AzureFailure(Description, name));

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableRow> ScanAsync(string table, string site, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in Table(table).QueryAllAsync(Keys.Join(site), cancellation: cancellation))
        {
            yield return row;
        }

        var (from, to) = RowRange.StartingWith(Keys.SitePrefix(site));
        var failure = new AzureFailure(Description, table);
        await using var pages = service.GetTableClient(prefix + TableLimits.CheckTableName(table))
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), TableLimits.RowsPerPage, cancellationToken: cancellation)
            .AsPages().GetAsyncEnumerator(cancellation);
        while (await failure.TranslateAsync(() => pages.MoveNextAsync().AsTask(), cancellation))
        {
            foreach (var entity in pages.Current.Values)
            {
                yield return AzureRows.ToRow(entity);
            }
        }
    }

    /// <inheritdoc/>
    public Task EnsureCreatedAsync(CancellationToken cancellation = default) =>
        Task.WhenAll(TableNames.All.Select(name => new AzureFailure(Description, name).TranslateAsync(
            () => service.CreateTableIfNotExistsAsync(prefix + name, cancellation), cancellation)));
}
