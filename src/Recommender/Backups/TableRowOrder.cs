using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>The order in which rows of one table are scanned.</summary>
internal static class TableRowOrder
{
    /// <summary>By partition key, then by row key, both ordinal.</summary>
    public static int Compare(TableRow left, TableRow right) =>
        string.CompareOrdinal(left.PartitionKey, right.PartitionKey) is var byPartition && byPartition != 0 ? byPartition : string.CompareOrdinal(left.RowKey, right.RowKey);
}
