using Recommender.Sites;

namespace Recommender;

/// <summary>The engine's configuration, section <c>Recommender</c>.</summary>
public sealed class RecommenderOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Recommender";

    /// <summary>
    /// Where the tables are: <c>sqlite:PATH</c>, <c>azure</c> (the storage account of the Functions host: <c>AzureWebJobsStorage</c> or
    /// <c>AzureWebJobsStorage__accountName</c>), or <c>azure:</c> followed by an account name or a connection string.
    /// </summary>
    public string Store { get; set; } = "azure";

    /// <summary>The sites, by id.</summary>
    public IDictionary<string, SiteOptions> Sites { get; set; } = new Dictionary<string, SiteOptions>(StringComparer.Ordinal);
}
