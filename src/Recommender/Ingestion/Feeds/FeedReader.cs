using AngleSharp.Dom;
using AngleSharp.Xml.Parser;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion.Feeds;

/// <summary>
/// Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed, sitemaps, news sitemaps and sitemap indexes, by what they contain and not by what they are called.
/// It forgives nearly everything: an item that cannot be read becomes an error of its own.
/// </summary>
public static class FeedReader
{
    /// <summary>Bytes that a compressed feed may have when it is unpacked: what the sitemap protocol allows.</summary>
    public const int MaxLength = 50 * 1024 * 1024;

    private const int MaxDepth = 1_000;

    /// <summary>Reads bytes, compressed by gzip or not.</summary>
    /// <param name="site">For dates without a zone.</param>
    /// <param name="content">The feed.</param>
    /// <param name="address">Where it was found; null for a file.</param>
    /// <param name="charset">What the HTTP header says of its encoding.</param>
    /// <exception cref="FeedFormatException">It is no feed, or damaged beyond reading.</exception>
    public static Feed Read(Site site, ReadOnlyMemory<byte> content, Uri? address, string? charset = null)
    {
        try
        {
            return Read(site, TextDecoding.Decode(ContentCoding.Unpack(content, MaxLength).Span, charset), address);
        }
        catch (InvalidDataException failure)
        {
            throw new FeedFormatException(failure.Message, failure);
        }
    }

    /// <summary>Reads text.</summary>
    /// <exception cref="FeedFormatException">It is no feed, or damaged beyond reading.</exception>
    public static Feed Read(Site site, string text, Uri? address) => ContentSniffer.Sniff(text) switch
    {
        SniffedKind.XmlFeed => ReadXml(site, text, address),
        SniffedKind.JsonFeed or SniffedKind.Json => JsonFeedReader.Read(site, text, address),
        SniffedKind.Html => throw new FeedFormatException(AlternateFeeds.Describe(text, address)),
        _ when string.IsNullOrWhiteSpace(text) => throw new FeedFormatException("It is empty."),
        _ => throw new FeedFormatException("It is neither RSS, Atom, JSON Feed nor a sitemap."),
    };

    private static Feed ReadXml(Site site, string text, Uri? address)
    {
        var root = Parse(text);
        var feed = FeedNames.Local(root) switch
        {
            "rss" or "rdf" or "channel" => RssReader.Read(site, root, address),
            "feed" => AtomReader.Read(site, root, address),
            "urlset" => SitemapReader.Read(site, root, address),
            "sitemapindex" => SitemapReader.ReadIndex(root, address),
            _ => throw new FeedFormatException($"Its root element is '{root.LocalName}', which is of no feed."),
        };
        return feed with { IsWhole = text.Contains("</" + root.NodeName, StringComparison.OrdinalIgnoreCase) };
    }

    private static IElement Parse(string text)
    {
        try
        {
            var parser = new XmlParser(new XmlParserOptions { IsSuppressingErrors = true, MaximumDepth = MaxDepth });
            return parser.ParseDocument(XmlRepair.Repair(text)).DocumentElement ?? throw new FeedFormatException("It holds no XML element.");
        }
        catch (Exception failure) when (failure is not (FeedFormatException or OutOfMemoryException))
        {
            throw new FeedFormatException("It is damaged beyond reading: " + failure.Message.ReplaceLineEndings(" "), failure);
        }
    }
}
