namespace Recommender.Tables;

/// <summary>Reads all that a site has. It is not part of <see cref="ITable"/>, so that nothing but a backup can ask for it.</summary>
public interface ITableScan
{
    /// <summary>All rows of a site in one table, in ordinal order of their partition keys, then of their row keys.</summary>
    /// <param name="table">The table's name, one of <see cref="TableNames"/>.</param>
    /// <param name="site">The site's id.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TableUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<TableRow> ScanAsync(string table, string site, CancellationToken cancellation = default);
}
