using System.Text.Json;

namespace Recommender.Functions.Triggers;

/// <summary>What a <c>function.json</c> tells the Functions host: the name of a function and what sets it off.</summary>
/// <param name="Name">Name of the function and of its folder.</param>
/// <param name="Trigger">Type of its trigger: <see cref="Http"/>, <see cref="Timer"/>, <see cref="QueueTrigger"/> or another of the host's.</param>
/// <param name="Route">Route of an HTTP trigger, without a leading slash; empty for others.</param>
/// <param name="Methods">Methods of an HTTP trigger, in lower case; empty for others.</param>
/// <param name="Schedule">Six-field NCRONTAB expression of a timer, in UTC; null for others.</param>
/// <param name="Queue">Queue of a queue trigger; null for others.</param>
public sealed record FunctionManifest(string Name, string Trigger, string Route, IReadOnlyList<string> Methods, string? Schedule, string? Queue)
{
    /// <summary>Type of an HTTP trigger.</summary>
    public const string Http = "httpTrigger";

    /// <summary>Type of a timer.</summary>
    public const string Timer = "timerTrigger";

    /// <summary>Type of a trigger by messages of a queue.</summary>
    public const string QueueTrigger = "queueTrigger";

    private const string FileName = "function.json";
    private const string TriggerSuffix = "Trigger";

    /// <summary>Where the manifests of this application are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "functions");

    /// <summary>Reads the manifests below a folder, in order of their names.</summary>
    /// <exception cref="InvalidDataException">One of them is not as the host wants it.</exception>
    public static IReadOnlyList<FunctionManifest> ReadAll(string folder) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(path => Path.Combine(path, FileName)).Where(File.Exists).Select(Read)];

    private static FunctionManifest Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var trigger = json.RootElement.GetProperty("bindings").EnumerateArray().Single(binding => Text(binding, "type")?.EndsWith(TriggerSuffix, StringComparison.Ordinal) is true);
            return new FunctionManifest(
                Path.GetFileName(Path.GetDirectoryName(path))!,
                Text(trigger, "type")!,
                Text(trigger, "route") ?? "",
                trigger.TryGetProperty("methods", out var methods) ? [.. methods.EnumerateArray().Select(method => method.GetString()!)] : [],
                Text(trigger, "schedule"),
                Text(trigger, "queueName"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"'{path}' is no manifest of a function with one trigger: {wrong.Message}", wrong);
        }
    }

    private static string? Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;
}
