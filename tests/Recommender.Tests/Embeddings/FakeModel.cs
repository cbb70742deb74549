using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Embeddings;

namespace Recommender.Tests.Embeddings;

/// <summary>A model that knows what a few words mean, gives the same vector for the same text, and remembers what it was asked. Its vectors all lean one way, as those of real models do.</summary>
public sealed class FakeModel(string name = "fake", int dimensions = 256) : IEmbeddingGenerator<string, Embedding<float>>
{
    // What is one thing in two sets of words, for a reader who knows both.
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.OrdinalIgnoreCase) { ["kerosene"] = "fuel", ["paraffin"] = "fuel", ["airfield"] = "airport", ["aerodrome"] = "airport" };

    /// <summary>Every text it gave a vector for.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    /// <summary>Number of requests, those that failed included.</summary>
    public int Requests { get; private set; }

    /// <summary>Fails when it gives true for a request's number, counted from 1.</summary>
    public Func<int, bool> Fails { get; set; } = _ => false;

    /// <summary>Whether it never answers, and does not hear that it is to stop.</summary>
    public bool Hangs { get; set; }

    /// <summary>Changes what it gives.</summary>
    public Func<float[], float[]> Distort { get; set; } = vector => vector;

    /// <summary>Registers it, with settings of <see cref="EmbeddingOptions"/>.</summary>
    public Action<IServiceCollection> Add(Action<EmbeddingOptions>? configure = null) => services => services
        .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(this)
        .Configure(configure ?? (_ => { }));

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Fails(++Requests))
        {
            throw new HttpRequestException("The model is not there.\r\nAsk later.");
        }

        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        }

        var texts = values.ToList();
        texts.ForEach(Texts.Enqueue);
        return [.. texts.Select(text => new Embedding<float>(Distort(VectorOf(text))))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("tests", defaultModelId: name) : null;

    public void Dispose()
    {
    }

    /// <summary>What it gives for a text.</summary>
    public float[] VectorOf(string text)
    {
        var vector = Direction("what all texts share");
        TensorPrimitives.Multiply(vector, 4, vector);
        foreach (var word in text.Split([' ', '\n', '.', ',', ':', '\''], StringSplitOptions.RemoveEmptyEntries))
        {
            TensorPrimitives.Add(vector, Direction(Meanings.GetValueOrDefault(word, word.ToLowerInvariant())), vector);
        }

        return vector;
    }

    private float[] Direction(string meaning)
    {
        var random = new Random(unchecked((int)XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(name + " " + meaning))));
        return [.. Enumerable.Range(0, dimensions).Select(_ => (float)((random.NextDouble() - 0.5) / Math.Sqrt(dimensions / 12.0)))];
    }
}
