using System.ComponentModel.DataAnnotations;

namespace Recommender.Embeddings;

/// <summary>Which model embeds articles, section <c>Recommender:Embeddings</c>; how, is <see cref="EmbeddingOptions"/> in the same section.</summary>
public sealed class EmbeddingModelOptions
{
    /// <summary>No model: articles are placed by their own words.</summary>
    public const string None = "none";

    /// <summary>An endpoint that speaks OpenAI's embeddings API.</summary>
    public const string OpenAI = "openai";

    /// <summary>A file in the ONNX format, computed in this process.</summary>
    public const string Onnx = "onnx";

    /// <summary>Where vectors come from: <c>none</c>, <c>openai</c> or <c>onnx</c>. Default: none.</summary>
    [RegularExpression("(?i)^(none|openai|onnx)$", ErrorMessage = EmbeddingOptions.Section + ":Provider is none, openai or onnx.")]
    public string Provider { get; set; } = None;

    /// <summary>openai: base address of the API, to which <c>/embeddings</c> is added. Default: <c>https://api.openai.com/v1</c>.</summary>
    public string Endpoint { get; set; } = "https://api.openai.com/v1";

    /// <summary>openai: name of the model, such as <c>text-embedding-3-small</c>. Another name has every article embedded anew at the next reindex.</summary>
    public string Model { get; set; } = "";

    /// <summary>openai: the key, as an environment variable or an application setting, never in a file that others see. Default: none, for endpoints that ask for none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>openai: numbers that the model is asked to shorten its vectors to, 2 to 65,536, where it can. Default: as many as it gives.</summary>
    [Range(2, 65_536)]
    public int? Dimensions { get; set; }

    /// <summary>openai: seconds to wait for one attempt's answer, 0.1 to 600. Default: 30.</summary>
    [Range(0.1, 600)]
    public double Timeout { get; set; } = 30;

    /// <summary>openai: attempts after the first when the endpoint fails in passing or is asked too often, 0 to 10; its <c>Retry-After</c> is heeded up to a minute. Default: 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>onnx: path of the model, which takes <c>input_ids</c>, and <c>attention_mask</c> and <c>token_type_ids</c> if it likes, and gives a vector for each token or for the text.</summary>
    public string ModelPath { get; set; } = "";

    /// <summary>onnx: path of its WordPiece vocabulary, mostly <c>vocab.txt</c>.</summary>
    public string VocabularyPath { get; set; } = "";

    /// <summary>onnx: whether the vocabulary is of lower-case words without accents ("uncased"). Default: true.</summary>
    public bool LowerCase { get; set; } = true;

    /// <summary>onnx: tokens of a text that are read, 8 to 8,192; the model's own limit at most. Default: 256.</summary>
    [Range(8, 8_192)]
    public int MaxTokens { get; set; } = 256;

    /// <summary>onnx: what becomes of the tokens' vectors: <c>mean</c>, or <c>cls</c> for the first one's. Default: mean.</summary>
    [RegularExpression("(?i)^(mean|cls)$", ErrorMessage = EmbeddingOptions.Section + ":Pooling is mean or cls.")]
    public string Pooling { get; set; } = "mean";

    internal bool Is(string provider) => string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase);
}
