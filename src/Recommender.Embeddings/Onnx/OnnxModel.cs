using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Tokenizers;

namespace Recommender.Embeddings.Onnx;

/// <summary>A text encoder in the ONNX format with its WordPiece vocabulary.</summary>
internal sealed class OnnxModel : IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const string SentenceOutput = "sentence_embedding";
    private const int OfTexts = 2;
    private const int OfTokens = 3;

    private readonly InferenceSession session;
    private readonly BertTokenizer tokenizer;
    private readonly string output;
    private readonly int maxTokens;
    private readonly bool isFirstOnly;

    /// <summary>Reads both files.</summary>
    /// <exception cref="InvalidDataException">The model is not of the kind that this can use.</exception>
    public OnnxModel(EmbeddingModelOptions options)
    {
        tokenizer = BertTokenizer.Create(options.VocabularyPath, new BertOptions { LowerCaseBeforeTokenization = options.LowerCase, RemoveNonSpacingMarks = options.LowerCase });
        (maxTokens, isFirstOnly) = (options.MaxTokens, string.Equals(options.Pooling, "cls", StringComparison.OrdinalIgnoreCase));
        session = new InferenceSession(options.ModelPath);
        if (session.InputMetadata.FirstOrDefault(input => input.Key is not (Ids or Mask or Types) || input.Value.ElementDataType != TensorElementType.Int64) is { Key: { } strange })
        {
            throw new InvalidDataException($"{options.ModelPath} wants an input '{strange}'; known are {Ids}, {Mask} and {Types}, as 64-bit numbers.");
        }

        output = Output(session) ?? throw new InvalidDataException($"{options.ModelPath} gives no vectors of 32-bit numbers.");
    }

    /// <summary>A vector for each text.</summary>
    /// <exception cref="InvalidDataException">What the model gives is no vector for each text or token.</exception>
    public IReadOnlyList<float[]> Embed(IReadOnlyList<string> texts)
    {
        var tokens = texts.Select(text => tokenizer.EncodeToIds(text, maxTokens, addSpecialTokens: true, out _, out _)).ToList();
        long[] shape = [texts.Count, tokens.Max(text => text.Count)];
        var (ids, mask) = (new long[shape[0] * shape[1]], new long[shape[0] * shape[1]]);
        Array.Fill(ids, tokenizer.PaddingTokenId);
        foreach (var (text, read) in tokens.Index())
        {
            for (var place = 0; place < read.Count; place++)
            {
                (ids[(text * shape[1]) + place], mask[(text * shape[1]) + place]) = (read[place], 1);
            }
        }

        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        try
        {
            foreach (var name in session.InputMetadata.Keys)
            {
                inputs[name] = OrtValue.CreateTensorValueFromMemory(name switch { Ids => ids, Mask => mask, _ => new long[ids.Length] }, shape);
            }

            using var run = new RunOptions();
            using var results = session.Run(run, inputs, [output]);
            return Pool(results[0], [.. tokens.Select(text => text.Count)], shape);
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    // A vector for the whole text is what the model's makers meant, where they say so; else those of its tokens, of which one is made.
    private static string? Output(InferenceSession session)
    {
        var given = session.OutputMetadata.Where(output => output.Value.ElementDataType == TensorElementType.Float).OrderBy(output => output.Key, StringComparer.Ordinal).ToList();
        return given.Where(output => output.Key == SentenceOutput)
            .Concat(given.Where(output => output.Value.Dimensions.Length == OfTokens))
            .Concat(given.Where(output => output.Value.Dimensions.Length == OfTexts))
            .FirstOrDefault().Key;
    }

    private List<float[]> Pool(OrtValue result, IReadOnlyList<int> lengths, long[] shape)
    {
        var given = result.GetTensorTypeAndShape().Shape;
        var isWhole = given.Length == OfTexts;
        if (given[0] != shape[0] || !(isWhole || (given.Length == OfTokens && given[1] == shape[1])))
        {
            throw new InvalidDataException($"The model gave {string.Join(" × ", given)} numbers for {shape[0]} texts of {shape[1]} tokens.");
        }

        var values = result.GetTensorDataAsSpan<float>();
        var dimensions = (int)given[^1];
        var vectors = new List<float[]>(lengths.Count);
        for (var text = 0; text < lengths.Count; text++)
        {
            var rows = isWhole ? values.Slice(text * dimensions, dimensions) : values.Slice(text * (int)shape[1] * dimensions, lengths[text] * dimensions);
            var vector = rows[..dimensions].ToArray();
            for (var token = 1; !isWhole && !isFirstOnly && token < lengths[text]; token++)
            {
                TensorPrimitives.Add(vector, rows.Slice(token * dimensions, dimensions), vector);
            }

            TensorPrimitives.Divide(vector, isWhole || isFirstOnly ? 1 : lengths[text], vector);
            vectors.Add(vector);
        }

        return vectors;
    }
}
