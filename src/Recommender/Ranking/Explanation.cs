namespace Recommender.Ranking;

/// <summary>A value and what it is made of; the values of <see cref="Parts"/> sum to <see cref="Value"/>.</summary>
public sealed record Explanation
{
    /// <summary>What the value is, such as <c>similarity</c> or <c>recency</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The contribution to the node above.</summary>
    public required double Value { get; init; }

    /// <summary>How the value came about, in words and figures; null when the parts say it.</summary>
    public string? Detail { get; init; }

    /// <summary>The summands; empty for a leaf.</summary>
    public IReadOnlyList<Explanation> Parts { get; init; } = [];

    /// <summary>A value without parts.</summary>
    public static Explanation Leaf(string name, double value, string? detail = null) => new() { Name = name, Value = value, Detail = detail };

    /// <summary>The sum of its parts.</summary>
    public static Explanation Sum(string name, params IReadOnlyList<Explanation> parts) =>
        new() { Name = name, Value = parts.Sum(part => part.Value), Parts = parts };

    /// <summary>The same value with a remark that adds nothing to it.</summary>
    public Explanation With(string name, string remark) => this with { Parts = Parts.Count > 0 ? [.. Parts, Leaf(name, 0, remark)] : [Leaf(Name, Value, Detail), Leaf(name, 0, remark)] };
}
