using System.Text;

namespace Recommender.Benchmarks.Reading;

/// <summary>What a reader's browser asks for: a page of the generated newspaper, with what a browser says about itself.</summary>
internal static class HotPage
{
    /// <summary>Origin of the page whose script asks.</summary>
    public const string Origin = "https://generated.example";

    /// <summary>Encodings that the browser reads.</summary>
    public const string Encodings = "gzip, deflate, br";

    /// <summary>Where the list of a generated article's page is.</summary>
    public static string Target(int number) => $"/api/more-stories?url={Uri.EscapeDataString($"{Origin}/{number}")}";

    /// <summary>The bytes that ask for it.</summary>
    public static byte[] Request(string target) => Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nAccept-Encoding: {Encodings}\r\nOrigin: {Origin}\r\n\r\n");
}
