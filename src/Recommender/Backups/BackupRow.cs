using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>
/// One row of a backup as a line of JSON: <c>{"table":…,"partition":…,"row":…,"values":{…}}</c>, the partition without its site, so that another site can take it. Text, truth values
/// and whole numbers stand as they are; other values in an object that names their type.
/// </summary>
/// <param name="Table">Name of its table.</param>
/// <param name="Row">The row.</param>
public readonly record struct BackupRow(string Table, TableRow Row)
{
    private const string Bytes = "bytes";
    private const string Real = "real";
    private const string Time = "time";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line, without its end.</summary>
    public void Write(IBufferWriter<byte> output, string site)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("table", Table);
        json.WriteString("partition", Keys.WithoutSite(site, Row.PartitionKey));
        json.WriteString("row", Row.RowKey);
        json.WriteStartObject("values");
        foreach (var (name, value) in Row.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, string)"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static BackupRow Parse(ReadOnlyMemory<byte> line, string site)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var row = new TableRow(Keys.WithSite(site, root.GetProperty("partition").GetString()!), root.GetProperty("row").GetString()!)
            {
                Properties = root.GetProperty("values").EnumerateObject().ToDictionary(value => value.Name, value => Read(value.Value), StringComparer.Ordinal),
            };
            _ = TableLimits.SizeOf(row);
            return new BackupRow(root.GetProperty("table").GetString()!, row);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or NullReferenceException or TableLimitException)
        {
            throw new FormatException("It is not a row of a backup.", wrong);
        }
    }

    /// <summary>Whether a row of a store has the same values.</summary>
    public bool IsSameAs(TableRow stored) =>
        Row.Properties.Count == stored.Properties.Count
        && Row.Properties.All(value => stored.Properties.TryGetValue(value.Key, out var other) && IsSame(value.Value, other));

    private static bool IsSame(object left, object right) =>
        left is byte[] bytes ? right is byte[] others && bytes.AsSpan().SequenceEqual(others) : left.Equals(right);

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStartObject();
                WriteTyped(json, value);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteTyped(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case byte[] bytes:
                json.WriteBase64String(Bytes, bytes);
                break;
            case double real:
                json.WriteNumber(Real, real);
                break;
            case DateTimeOffset time:
                json.WriteString(Time, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A table cannot hold a {value.GetType().Name}.", nameof(value));
        }
    }

    private static object Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object when value.TryGetProperty(Bytes, out var bytes) => bytes.GetBytesFromBase64(),
        JsonValueKind.Object when value.TryGetProperty(Real, out var real) => real.GetDouble(),
        JsonValueKind.Object when value.TryGetProperty(Time, out var time) => new DateTimeOffset(time.GetDateTime().ToUniversalTime(), TimeSpan.Zero),
        _ => throw new FormatException("The value is of no kind that a table holds."),
    };
}
