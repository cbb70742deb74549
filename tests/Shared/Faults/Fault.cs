namespace Recommender.Testing.Faults;

/// <summary>What can happen to a call on its way to a store and back.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The store says 503.</summary>
    Busy,

    /// <summary>The store says 429.</summary>
    Throttled,

    /// <summary>The connection is cut before the store hears of it.</summary>
    Cut,

    /// <summary>The connection is cut when the store has done it and is about to say so.</summary>
    AnswerLost,

    /// <summary>Nobody answers, until the caller has enough.</summary>
    Silence,
}
