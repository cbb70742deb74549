using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommender.Duplicates;

/// <summary>A fingerprint as Base64. What is none is read as null, for then only the headline is known.</summary>
internal sealed class FingerprintConverter : JsonConverter<Fingerprint>
{
    /// <inheritdoc/>
    public override Fingerprint? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes))
        {
            return Fingerprint.FromBytes(bytes);
        }

        reader.Skip();
        return null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Fingerprint value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToBytes());
}
