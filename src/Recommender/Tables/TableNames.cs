namespace Recommender.Tables;

/// <summary>The tables of one deployment.</summary>
public static class TableNames
{
    /// <summary>Articles with their analysis, by id.</summary>
    public const string Articles = "Articles";

    /// <summary>Which article stands at a canonical URL.</summary>
    public const string Pages = "Pages";

    /// <summary>Cards by topic and date, newest first.</summary>
    public const string Timeline = "Timeline";

    /// <summary>Each article's most similar articles.</summary>
    public const string Neighbours = "Neighbours";

    /// <summary>Editors' pins, blocks and boosts.</summary>
    public const string Overrides = "Overrides";

    /// <summary>Who changed which override.</summary>
    public const string Audit = "Audit";

    /// <summary>Editors' drafts of pages, and the versions that they published.</summary>
    public const string Drafts = "Drafts";

    /// <summary>Reindex runs, the leases that keep timers from overlapping, and the packs that runs leave.</summary>
    public const string Runs = "Runs";

    /// <summary>What reindex learned, in parts.</summary>
    public const string Model = "Model";

    /// <summary>What happened lately, for other processes' caches, and what is under way, for recovery.</summary>
    public const string Changes = "Changes";

    /// <summary>What each feed answered last.</summary>
    public const string Feeds = "Feeds";

    /// <summary>How often readers followed what a list showed, by day.</summary>
    public const string Clicks = "Clicks";

    /// <summary>What was found when a site's lists were looked through.</summary>
    public const string Reports = "Reports";

    /// <summary>The keys that encrypt what editors' browsers keep.</summary>
    public const string Secrets = "Secrets";

    /// <summary>Every table.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Articles, Pages, Timeline, Neighbours, Overrides, Audit, Drafts, Runs, Model, Changes, Feeds, Clicks, Reports, Secrets];
}
