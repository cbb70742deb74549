using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Identity;

namespace Recommender.Tables.Azure;

/// <summary>Translates what the client throws into the terms of the table contract, without the headers and bodies that it quotes.</summary>
internal sealed class AzureFailure(string store, string table)
{
    /// <summary>Whether the store says that the whole table, not a row, is missing.</summary>
    public static bool IsTableMissing(RequestFailedException failure) => failure.ErrorCode == TableErrorCode.TableNotFound;

    /// <summary>Whether the store says that a row is missing.</summary>
    public static bool IsRowMissing(RequestFailedException failure) => failure.Status == 404 && !IsTableMissing(failure);

    /// <summary>Runs a call. A failure that concerns a row names one of <paramref name="changes"/>.</summary>
    public async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellation, IReadOnlyList<RowChange>? changes = null)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await call();
        }
        catch (RequestFailedException failure)
        {
            throw Translate(failure, changes);
        }
        catch (Exception failure) when (IsUnreachable(failure) && !cancellation.IsCancellationRequested)
        {
            throw new TableUnavailableException($"The store '{store}' does not answer: {Cause(failure)}", failure);
        }
    }

    /// <summary>The exception for a table that nobody has created.</summary>
    public TableUnavailableException TableMissing(Exception? inner = null) => new($"The store '{store}' has no table '{table}' yet.", inner);

    private Exception Translate(RequestFailedException failure, IReadOnlyList<RowChange>? changes) => failure switch
    {
        _ when IsTableMissing(failure) => TableMissing(failure),
        { Status: 404 or 412 } when changes is not null => Conflict(failure, changes),
        { Status: 409 } when changes is not null && failure.ErrorCode == TableErrorCode.EntityAlreadyExists => Conflict(failure, changes),
        { Status: 413 } => TooLarge(failure),
        { Status: 400 } when IsTooLarge(failure) => TooLarge(failure),
        { Status: 401 or 403 } => new TableUnavailableException($"The store '{store}' refuses the credentials ({failure.ErrorCode}).", failure),
        { Status: 0 } => new TableUnavailableException($"The store '{store}' does not answer: {Cause(failure)}", failure),
        _ => new TableUnavailableException($"The store '{store}' answered {failure.Status} ({failure.ErrorCode}) for table '{table}'.", failure),
    };

    private RowConflictException Conflict(RequestFailedException failure, IReadOnlyList<RowChange> changes)
    {
        var index = failure is TableTransactionFailedException { FailedTransactionActionIndex: { } failed } && failed < changes.Count ? failed : 0;
        return new RowConflictException(table, changes[index].Row.PartitionKey, changes[index].Row.RowKey, failure);
    }

    private TableLimitException TooLarge(RequestFailedException failure) =>
        new($"The store '{store}' takes no row as large as one for table '{table}' ({failure.ErrorCode}).");

    private static bool IsTooLarge(RequestFailedException failure) => failure.ErrorCode is { } code
        && (code == TableErrorCode.EntityTooLarge || code == TableErrorCode.PropertyValueTooLarge || code == TableErrorCode.PropertyNameTooLong
            || code == TableErrorCode.TooManyProperties || code == TableErrorCode.KeyValueTooLarge
            || code is "RequestBodyTooLarge" or "ContentLengthExceeded");

    private static bool IsUnreachable(Exception failure) =>
        failure is AggregateException or AuthenticationFailedException or OperationCanceledException or HttpRequestException or IOException;

    private static string Cause(Exception failure)
    {
        var cause = failure is AggregateException { InnerExceptions: [.., var last] } ? last : failure;
        return cause is OperationCanceledException ? "it took too long." : cause.Message.Split('\n')[0].Trim();
    }
}
