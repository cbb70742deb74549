using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recommender.Functions.Api.Lists;
using Recommender.MoreStories;

namespace Recommender.Cli.Lists;

/// <summary>Writes a list as the HTTP interface answers it.</summary>
internal static class ListJson
{
    private static readonly ListJsonContext Json = new(new JsonSerializerOptions(ListJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    });

    /// <summary>Writes it to standard output.</summary>
    public static async Task WriteAsync(MoreStoriesList list, bool isExplained, CancellationToken cancellation)
    {
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, ListAnswer.Of(list, isExplained), Json.ListAnswer, cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}

/// <summary>JSON of lists.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListAnswer))]
internal sealed partial class ListJsonContext : JsonSerializerContext;
