namespace Recommender.Functions.Demo;

/// <summary>The sample newspaper's configuration, section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Demo";

    /// <summary>Whether the sample articles are loaded and <c>/demo</c> is served. Default: in Development only.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Id of the site that the sample articles belong to. Default: courier.</summary>
    public string Site { get; set; } = "courier";
}
