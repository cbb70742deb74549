using System.Runtime.InteropServices;
using System.Text;

namespace Recommender.Tests.Embeddings.Onnx;

/// <summary>
/// Writes text encoders in the ONNX format, as few bytes as there can be: each token's vector is looked up in a table. The format is that of Protocol Buffers; numbers of fields are those of onnx.proto.
/// </summary>
internal static class TinyModel
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <summary>A model that gives a vector for each token, as <c>last_hidden_state</c>.</summary>
    public static byte[] OfTokens(float[][] table, params string[] inputs) => Model(
        table, inputs, [Node("Gather", ["table", "input_ids"], "last_hidden_state")], Value("last_hidden_state", Float, "texts", "tokens", table[0].Length));

    /// <summary>A model that gives the mean of them too, as <c>sentence_embedding</c>.</summary>
    public static byte[] OfTexts(float[][] table) => Model(
        table,
        ["input_ids"],
        [Node("Gather", ["table", "input_ids"], "vectors"), Node("ReduceMean", ["vectors"], "sentence_embedding", Attribute("axes", 7, Number(8, 1)), Attribute("keepdims", 2, Number(3, 0)))],
        Value("sentence_embedding", Float, "texts", table[0].Length));

    private static byte[] Model(float[][] table, string[] inputs, byte[][] nodes, byte[] output)
    {
        var initializer = Message(5, Number(1, table.Length), Number(1, table[0].Length), Number(2, Float), Text(8, "table"), Bytes(9, MemoryMarshal.AsBytes(table.SelectMany(row => row).ToArray().AsSpan()).ToArray()));
        byte[][] graph = [.. nodes, Text(2, "tiny"), initializer, .. inputs.Select(name => Message(11, Value(name, Int64, "texts", "tokens"))), Message(12, output)];
        return [.. Number(1, 8), .. Message(8, Number(2, 13)), .. Message(7, graph)];
    }

    private static byte[] Node(string operation, string[] inputs, string output, params byte[][] attributes) =>
        Message(1, [.. inputs.Select(input => Text(1, input)), Text(2, output), Text(4, operation), .. attributes]);

    private static byte[] Attribute(string name, int type, byte[] value) => Message(5, Text(1, name), value, Number(20, type));

    // A name and a tensor's type, of dimensions that have a name or a size.
    private static byte[] Value(string name, int type, params object[] dimensions) =>
    [
        .. Text(1, name),
        .. Message(2, Message(1, Number(1, type), Message(2, [.. dimensions.Select(dimension => Message(1, dimension is int size ? Number(1, size) : Text(2, (string)dimension)))]))),
    ];

    private static byte[] Message(int field, params byte[][] parts) => Bytes(field, [.. parts.SelectMany(part => part)]);

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] content) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            yield return (byte)(value | 128);
        }

        yield return (byte)value;
    }
}
