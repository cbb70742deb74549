using Recommender.Editorial.Drafts;

namespace Recommender.Editorial;

/// <summary>Operations laid over what holds, to see what they would do: a list asked for with it comes of the same ranking and composition as readers' lists.</summary>
/// <param name="operations">The operations.</param>
/// <param name="time">When they would be written.</param>
public sealed class OverrideOverlay(IReadOnlyList<Operation> operations, DateTimeOffset time)
{
    /// <summary>What would hold in a scope.</summary>
    public IReadOnlyList<Override> On(OverrideScope scope, IReadOnlyList<Override> live) =>
        operations.Any(operation => operation.Subject.Scope == scope) ? Operations.After(live, Operations.Changes(scope, live, operations, time)) : live;
}
