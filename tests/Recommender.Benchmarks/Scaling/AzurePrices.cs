namespace Recommender.Benchmarks.Scaling;

/// <summary>List prices of Azure Table Storage, locally redundant, in US dollars, as the pricing page of Azure had them for East US in 2025.</summary>
internal static class AzurePrices
{
    /// <summary>One transaction: 0.00036 for ten thousand.</summary>
    public const double Transaction = 0.00036 / 10_000;

    /// <summary>One gigabyte for a month.</summary>
    public const double GigabyteMonth = 0.045;
}
