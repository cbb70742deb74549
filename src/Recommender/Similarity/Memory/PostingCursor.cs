namespace Recommender.Similarity.Memory;

/// <summary>A term on its way through the articles that have it, in the order of their places.</summary>
internal struct PostingCursor
{
    /// <summary>A place behind all others.</summary>
    public const int End = int.MaxValue;

    /// <summary>The next place; <see cref="End"/> behind the last.</summary>
    public int Place { get; set; }

    /// <summary>The level of the term's weight there.</summary>
    public int Level { get; set; }

    /// <summary>Where the places behind it are.</summary>
    public uint Region { get; init; }

    /// <summary>How many bytes these are, with those that were read.</summary>
    public int Length { get; init; }

    /// <summary>How many were read.</summary>
    public int At { get; set; }
}
