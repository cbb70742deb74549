using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace Recommender.Ingestion.Fetching;

/// <summary>Makes text of bytes whose declared encoding is a hint at best.</summary>
public static partial class TextDecoding
{
    private const int DeclarationLength = 2_048;
    private const int SampleLength = 256 * 1024;
    private const double LeastConfidence = 0.5;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    // HTML and the web read these names as the Windows code page that contains them.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iso-8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["us-ascii"] = "windows-1252",
        ["ascii"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["iso-8859-9"] = "windows-1254",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["utf8"] = "utf-8",
        ["x-sjis"] = "shift_jis",
        ["ks_c_5601-1987"] = "euc-kr",
    };

    static TextDecoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// Decodes by byte order mark, then by the XML or HTML declaration, then by <paramref name="charset"/> of the HTTP header, as far as the bytes agree with it; bytes that are
    /// valid UTF-8 beyond ASCII are UTF-8 whatever a single-byte declaration says. Where nothing fits, the encoding is detected; Windows-1252 comes last. Never throws.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset = null)
    {
        if (ByteOrderMark(bytes) is { } marked)
        {
            return marked.Encoding.GetString(bytes[marked.Length..]);
        }

        if (WithoutMark(bytes) is { } wide)
        {
            return wide.GetString(bytes);
        }

        var declared = new[] { Declared(bytes), charset }.Select(Find).OfType<Encoding>().Where(encoding => !IsWide(encoding)).ToList();
        foreach (var encoding in declared.Where(encoding => !encoding.IsSingleByte && encoding is not UTF8Encoding))
        {
            if (DecodesCleanly(encoding, bytes))
            {
                return encoding.GetString(bytes);
            }
        }

        var (valid, invalid) = Utf8Sequences(bytes);
        if (invalid == 0 || valid > 8 * invalid)
        {
            return Utf8.GetString(bytes);
        }

        var single = declared.Find(encoding => encoding.IsSingleByte) ?? Detected(bytes) ?? Encoding.GetEncoding(1252);
        return single.GetString(bytes);
    }

    private static (Encoding Encoding, int Length)? ByteOrderMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    private static UnicodeEncoding? WithoutMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'<' or (byte)'{', 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        [0, (byte)'<' or (byte)'{', 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        _ => null,
    };

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationLength)]);
        return Declaration().Match(start) is { Success: true } match ? match.Groups["name"].Value : null;
    }

    private static Encoding? Find(string? name)
    {
        name = name?.Trim(' ', '"', '\'');
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        try
        {
            return Encoding.GetEncoding(Aliases.GetValueOrDefault(name, name));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsWide(Encoding encoding) => encoding is UnicodeEncoding or UTF32Encoding;

    private static bool DecodesCleanly(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var strict = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);
        try
        {
            strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // A sequence that the end of the bytes cuts off is not counted: files are truncated.
    private static (int Valid, int Invalid) Utf8Sequences(ReadOnlySpan<byte> bytes)
    {
        var (valid, invalid) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
            {
                break;
            }

            invalid += status == System.Buffers.OperationStatus.Done ? 0 : 1;
            valid += status == System.Buffers.OperationStatus.Done && length > 1 ? 1 : 0;
            bytes = bytes[length..];
            var ascii = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            bytes = ascii < 0 ? [] : bytes[ascii..];
        }

        return (valid, invalid);
    }

    private static Encoding? Detected(ReadOnlySpan<byte> bytes)
    {
        var detected = CharsetDetector.DetectFromBytes(bytes[..Math.Min(bytes.Length, SampleLength)].ToArray()).Detected;
        return detected is { Encoding: { } encoding, Confidence: >= (float)LeastConfidence } && !IsWide(encoding) && encoding is not (UTF8Encoding or ASCIIEncoding) ? encoding : null;
    }

    [GeneratedRegex(@"<\?xml[^>]{0,200}?encoding\s*=\s*[""'](?<name>[A-Za-z0-9_.:-]{1,40})|<meta[^>]{0,300}?charset\s*=\s*[""']?(?<name>[A-Za-z0-9_.:-]{1,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
