namespace Recommender.Reindexing;

/// <summary>What a run does, one after the other. A run that was interrupted goes on with the stage that it was in, and of that with the blocks that are not done.</summary>
public enum RunStage
{
    /// <summary>Divides the articles into blocks and counts how common terms are.</summary>
    Planning,

    /// <summary>Chooses each article's terms, block by block.</summary>
    Terms,

    /// <summary>Learns topics and files what nobody filed.</summary>
    Topics,

    /// <summary>Places each article among the site's subjects, block by block.</summary>
    Places,

    /// <summary>Finds running stories.</summary>
    Threads,

    /// <summary>Writes each article's list where readers do not see it yet, block by block.</summary>
    Lists,

    /// <summary>Adds what was published meanwhile and lets readers see the new lists.</summary>
    Switching,

    /// <summary>Learns how the site's editors rank.</summary>
    Learning,
}

/// <summary>Stages in words.</summary>
public static class RunStageWords
{
    /// <summary>What a run is at, for people.</summary>
    public static string Words(this RunStage stage) => stage switch
    {
        RunStage.Planning => "Counting terms",
        RunStage.Terms => "Choosing terms",
        RunStage.Topics => "Learning topics",
        RunStage.Places => "Placing among subjects",
        RunStage.Threads => "Finding running stories",
        RunStage.Lists => "Finding related stories",
        RunStage.Switching => "Handing lists to readers",
        _ => "Learning from editors",
    };
}
