namespace Recommender.Functions.Demo;

/// <summary>The sample newspaper's configuration, section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Demo";

    /// <summary>Id of the site that the sample articles belong to.</summary>
    public const string Site = "courier";

    /// <summary>Whether the sample articles are loaded and <c>/demo</c> is served. Default: in Development only.</summary>
    public bool? Enabled { get; set; }
}
