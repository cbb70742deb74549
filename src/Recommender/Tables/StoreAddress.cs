using System.Diagnostics.CodeAnalysis;

namespace Recommender.Tables;

/// <summary>Where tables are: <c>sqlite:PATH</c>, <c>azure</c>, or <c>azure:</c> and an account name or connection string.</summary>
/// <param name="Kind"><c>sqlite</c> or <c>azure</c>.</param>
/// <param name="Value">What stands behind the colon; empty for plain <c>azure</c>.</param>
public readonly record struct StoreAddress(string Kind, string Value)
{
    /// <summary>An SQLite file.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>An Azure storage account.</summary>
    public const string Azure = "azure";

    /// <summary>Reads an address.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StoreAddress address)
    {
        var parts = (text ?? "").Split(':', 2);
        address = new StoreAddress(parts[0], parts.Length == 2 ? parts[1] : "");
        return address is { Kind: Sqlite, Value.Length: > 0 } or { Kind: Azure };
    }
}
