namespace Recommender.Changes;

/// <summary>Whether the store did not answer, or not soon, when this process last asked it what happened. While it is silent, readers are given what is in memory without waiting for anything newer.</summary>
public sealed class StoreSilence
{
    private volatile bool isSilent;

    /// <summary>Whether it is.</summary>
    public bool IsSilent
    {
        get => isSilent;
        internal set => isSilent = value;
    }
}
