using System.CommandLine;

namespace Recommender.Cli.Sessions;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    /// <summary>The environment variable that names the store.</summary>
    public const string StoreVariable = "MORE_STORIES_STORE";

    /// <summary>Where articles are kept.</summary>
    public static Option<string?> Store { get; } = new("--store", "-s")
    {
        Description = $"Where articles are kept: sqlite:PATH, azure (the account in AzureWebJobsStorage) or azure:ACCOUNT-OR-CONNECTION-STRING. "
            + $"Default: {StoreVariable}, else Recommender:Store of --config, else the file {SessionConfiguration.DefaultStorePath}.",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    /// <summary>Which site is meant.</summary>
    public static Option<string?> Site { get; } = new("--site")
    {
        Description = "The site, by id. Default: the only configured one; with none configured, a site 'default' that takes articles of any host.",
        HelpName = "ID",
        Recursive = true,
    };

    /// <summary>Configuration files.</summary>
    public static Option<string[]> Config { get; } = new("--config", "-c")
    {
        Description = "A JSON file with the sections Recommender and Ingestion, such as the application's appsettings.json; several are read in turn. "
            + "Environment variables (Recommender__Sites__ID__Name) win over files.",
        HelpName = "FILE",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>Language of the site.</summary>
    public static Option<string?> Language { get; } = new("--language")
    {
        Description = "Language of articles that do not give their own, such as en or pt-BR. Default: the site's, else en.",
        HelpName = "TAG",
        Recursive = true,
    };

    /// <summary>Zone of the site.</summary>
    public static Option<string?> TimeZone { get; } = new("--time-zone")
    {
        Description = "Zone of dates without one and of the days that lists show, such as Europe/Paris. Default: the site's, else UTC.",
        HelpName = "NAME",
        Recursive = true,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Store, Site, Config, Language, TimeZone];
}
