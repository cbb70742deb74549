namespace Recommender.Functions.Access;

/// <summary>Who may write, section <c>Access</c>. Reading lists needs no key.</summary>
public sealed class AccessOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Access";

    /// <summary>The keys. Several can have one scope, so that a new key can be handed out before the old one is taken away.</summary>
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    /// <summary>Runs without keys outside Development: lists are served, and everything that writes is refused. Default: false.</summary>
    public bool ReadOnly { get; set; }
}

/// <summary>One key. Only its hash is configured, so that reading the configuration opens nothing.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Who has it, such as <c>cms</c>: what the audit says when a request names no author.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key, 64 hexadecimal digits: <c>printf %s "$KEY" | sha256sum</c>.</summary>
    public string Hash { get; set; } = "";

    /// <summary>What it opens: <c>articles</c>, <c>editor</c>, <c>ops</c>.</summary>
    public IList<string> Scopes { get; set; } = [];
}
