namespace Recommender.Threads;

/// <summary>An article as threads know it, in order of publication.</summary>
/// <param name="Published">When it was published.</param>
/// <param name="Id">Its id.</param>
public readonly record struct ThreadMember(DateTimeOffset Published, string Id)
{
    /// <summary>Earlier ones first; among those of one instant, by id.</summary>
    public static IComparer<ThreadMember> Order { get; } = Comparer<ThreadMember>.Create((left, right) =>
        left.Published.CompareTo(right.Published) is var order && order != 0 ? order : string.CompareOrdinal(left.Id, right.Id));
}
