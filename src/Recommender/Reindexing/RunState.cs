namespace Recommender.Reindexing;

/// <summary>How a run is.</summary>
public enum RunState
{
    /// <summary>Asked for.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Stopped for the time being: it goes on from where it was when somebody asks for that.</summary>
    Paused,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended because somebody asked for that. Readers keep the lists of before.</summary>
    Cancelled,
}

/// <summary>What can be asked of a run that has not ended.</summary>
public enum RunWish
{
    /// <summary>To stop for the time being.</summary>
    Pause,

    /// <summary>To end without new lists.</summary>
    Cancel,
}
