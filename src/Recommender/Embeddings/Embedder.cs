using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Embeddings;

/// <summary>
/// Asks the model that is registered as <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> for the vectors of texts, and takes its failures: nobody who publishes gets to feel them.
/// An outage is logged once when it begins and once when it is over.
/// </summary>
public sealed partial class Embedder(
    Lazy<IEmbeddingGenerator<string, Embedding<float>>?> generator, IOptions<EmbeddingOptions> options, Measurements measurements, TimeProvider time, ILogger<Embedder> log)
{
    private const int LongestVector = 65_536;
    private const int LongestMessage = 300;

    private readonly Lock outage = new();
    private DateTimeOffset? failingSince;
    private DateTimeOffset pausedUntil;

    /// <summary>Whether there is a model at all.</summary>
    public bool IsConfigured => generator.Value is not null;

    /// <summary>How articles are embedded.</summary>
    internal EmbeddingOptions Options => options.Value;

    /// <summary>Which model it is: provider, name, length of vectors where that is configured, and revision. Vectors of another say nothing about its. Null when there is none, or it cannot be read.</summary>
    public string? Model()
    {
        try
        {
            return generator.Value is { } model ? Identity(model) : null;
        }
        catch (Exception failure)
        {
            Failed(failure.Message);
            return null;
        }
    }

    /// <summary>Vectors of texts for a publication, within <see cref="EmbeddingOptions.PublishTimeout"/>; not even asked for soon after a failure.</summary>
    /// <param name="site">Whose articles they are.</param>
    /// <param name="texts">The texts, at most <see cref="EmbeddingOptions.BatchSize"/>.</param>
    /// <param name="dimensions">How long vectors must be.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A vector for each text; null when they cannot be had.</returns>
    public async Task<IReadOnlyList<float[]>?> TryEmbedAsync(Site site, IReadOnlyList<string> texts, int dimensions, CancellationToken cancellation = default)
    {
        if (Options.PublishTimeout == 0 || IsPaused())
        {
            measurements.Embedded(site, "skipped", texts.Count);
            return null;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Options.PublishTimeout), time);
        return (await AskAsync(site, texts, dimensions, patience.Token, cancellation)).Vectors;
    }

    /// <summary>Vectors of texts for a reindex, which has as much time as the model takes.</summary>
    /// <inheritdoc cref="TryEmbedAsync" path="/param"/>
    /// <returns>A vector for each text; or none, and why.</returns>
    internal Task<EmbeddingAnswer> EmbedAsync(Site site, IReadOnlyList<string> texts, int? dimensions, CancellationToken cancellation = default) =>
        AskAsync(site, texts, dimensions, CancellationToken.None, cancellation);

    private async Task<EmbeddingAnswer> AskAsync(Site site, IReadOnlyList<string> texts, int? dimensions, CancellationToken patience, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellation);
        using var activity = Activities.Source.StartActivity("embed");
        var started = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            // Some models compute where they are called, and some do not hear that they are to stop: neither may hold up a publication.
            var given = await Task.Run(() => generator.Value!.GenerateAsync(texts, cancellationToken: either.Token), either.Token).WaitAsync(either.Token);
            var vectors = Checked(given, texts.Count, dimensions);
            outcome = "embedded";
            Succeeded();
            return new EmbeddingAnswer(vectors, null);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            outcome = "stopped";
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception failure)
        {
            var message = Message(failure, patience.IsCancellationRequested);
            Failed(message);
            return new EmbeddingAnswer(null, message);
        }
        finally
        {
            measurements.Embedded(site, outcome, texts.Count);
            measurements.EmbeddingDuration.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private string Identity(IEmbeddingGenerator<string, Embedding<float>> model)
    {
        var metadata = model.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        object?[] parts = [metadata?.ProviderName, metadata?.DefaultModelId ?? model.GetType().Name, metadata?.DefaultModelDimensions, Options.Revision];
        return string.Join('|', parts);
    }

    private static List<float[]> Checked(GeneratedEmbeddings<Embedding<float>> given, int count, int? dimensions)
    {
        if (given.Count != count)
        {
            throw new InvalidDataException($"The model gave {given.Count} vectors for {count} texts.");
        }

        var vectors = given.Select(embedding => embedding.Vector.ToArray()).ToList();
        foreach (var vector in vectors)
        {
            if (vector.Length != (dimensions ?? vectors[0].Length) || vector.Length is 0 or > LongestVector)
            {
                throw new InvalidDataException(
                    $"The model gave a vector of {vector.Length} numbers where {dimensions ?? vectors[0].Length} were expected. If it is another model now, set {EmbeddingOptions.Section}:Revision.");
            }

            if (TensorPrimitives.Norm<float>(vector) is not (> 0 and < float.PositiveInfinity))
            {
                throw new InvalidDataException("The model gave a vector that has no direction.");
            }
        }

        return vectors;
    }

    private string Message(Exception failure, bool isOutOfPatience)
    {
        if (isOutOfPatience)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"there was no answer within {Options.PublishTimeout} s.");
        }

        var line = string.Join(' ', failure.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > LongestMessage ? line[..LongestMessage] + "…" : line;
    }

    private bool IsPaused()
    {
        lock (outage)
        {
            return time.GetUtcNow() < pausedUntil;
        }
    }

    private void Failed(string message)
    {
        lock (outage)
        {
            var now = time.GetUtcNow();
            pausedUntil = now + TimeSpan.FromSeconds(Options.Pause);
            if (failingSince is null)
            {
                failingSince = now;
                LogOutage(message);
            }
        }
    }

    private void Succeeded()
    {
        lock (outage)
        {
            pausedUntil = DateTimeOffset.MinValue;
            if (failingSince is { } since)
            {
                failingSince = null;
                LogRecovery(since);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Articles get no embeddings for now, and the next reindex makes up for it: {Message}")]
    private partial void LogOutage(string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Articles get embeddings again, for the first time since {Since:u}")]
    private partial void LogRecovery(DateTimeOffset since);
}

/// <summary>What became of a request for vectors: one for each text, or why there are none.</summary>
internal readonly record struct EmbeddingAnswer(IReadOnlyList<float[]>? Vectors, string? Failure);
