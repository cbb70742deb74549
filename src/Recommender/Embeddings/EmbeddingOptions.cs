using System.ComponentModel.DataAnnotations;

namespace Recommender.Embeddings;

/// <summary>
/// How articles are embedded, section <c>Recommender:Embeddings</c>. Which model does it is told in the same section, where a model is registered. Without one nothing here has an effect.
/// </summary>
public sealed class EmbeddingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = $"{RecommenderOptions.Section}:Embeddings";

    /// <summary>Characters of headline, dek and the beginning of the body that are embedded, 100 to 32,000. A model with a small window may refuse longer text. Default: 1,500.</summary>
    [Range(100, 32_000)]
    public int MaxCharacters { get; set; } = 1_500;

    /// <summary>What a model wants before each text, such as <c>passage: </c> for E5; at most 200 characters. Default: nothing.</summary>
    [StringLength(200)]
    public string Prefix { get; set; } = "";

    /// <summary>Texts in one request, 1 to 2,048. Default: 64.</summary>
    [Range(1, 2_048)]
    public int BatchSize { get; set; } = 64;

    /// <summary>Seconds that a publication waits for one request's vectors, 0 (it does not ask; the next reindex does) to 60. Default: 3.</summary>
    [Range(0.0, 60.0)]
    public double PublishTimeout { get; set; } = 3;

    /// <summary>Seconds after a failure in which publications do not ask again, 0 to 3,600. Default: 60.</summary>
    [Range(0.0, 3_600.0)]
    public double Pause { get; set; } = 60;

    /// <summary>Any word; another one has every article embedded anew at the next reindex, for a model that changed under its name. At most 40 characters. Default: none.</summary>
    [StringLength(40)]
    public string Revision { get; set; } = "";
}
