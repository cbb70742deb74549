using System.Text.Json;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion.Feeds;

/// <summary>Reads JSON Feed 1 and 1.1.</summary>
internal static class JsonFeedReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Feed Read(Site site, string text, Uri? address)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\ufeff', '\0').AsMemory(), Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
            {
                throw new FeedFormatException("It is JSON, but no JSON Feed: it has no list of items.");
            }

            var place = address ?? FeedBase.Resolve(null, Text(root, "feed_url"));
            var parent = FeedBase.Resolve(place, Text(root, "home_page_url")) ?? place;
            return new Feed
            {
                Kind = FeedKind.JsonFeed,
                IsWhole = true,
                Title = FeedText.Title(Text(root, "title")),
                Entries = [.. items.EnumerateArray().Select((item, index) => ReadItem(site, root, item, index + 1, parent))],
            };
        }
        catch (JsonException failure)
        {
            throw new FeedFormatException($"It is no complete JSON: line {failure.LineNumber + 1} cannot be read.", failure);
        }
        catch (ArgumentException failure)
        {
            throw new FeedFormatException("It is no JSON: it holds half a character.", failure);
        }
    }

    private static FeedEntry ReadItem(Site site, JsonElement feed, JsonElement item, int number, Uri? parent)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new FeedEntry($"item {number}", null, "The item is no JSON object.");
        }

        var plain = Text(item, "content_text");
        return new FeedItem
        {
            Link = FeedBase.Resolve(parent, Text(item, "url")) ?? FeedBase.Resolve(parent, Text(item, "external_url")) ?? FeedBase.Resolve(null, Text(item, "id")),
            Title = Text(item, "title"),
            SummaryHtml = Text(item, "summary"),
            ContentHtml = Text(item, "content_html") is { Length: > 0 } html ? html : plain is null ? null : FeedText.Escape(plain),
            Published = [Text(item, "date_published")],
            Updated = [Text(item, "date_modified")],
            Topics = FeedTopics.Of(Texts(item, "tags"), []),
            Authors = FeedAuthors.Of(Authors(item)) ?? FeedAuthors.Of(Authors(feed)),
            Image = Image(item, parent),
            Language = Text(item, "language") ?? Text(feed, "language"),
        }.ToEntry(site, number, parent);
    }

    private static ArticleImage? Image(JsonElement item, Uri? parent) =>
        FeedImages.At(Text(item, "image"), parent)
        ?? FeedImages.At(Text(item, "banner_image"), parent)
        ?? List(item, "attachments")
            .Where(attachment => Text(attachment, "mime_type")?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true)
            .Select(attachment => FeedImages.At(Text(attachment, "url"), parent, Text(attachment, "title")))
            .FirstOrDefault(image => image is not null);

    private static IEnumerable<string?> Authors(JsonElement element) =>
        List(element, "authors").Concat(element.TryGetProperty("author", out var author) ? [author] : [])
            .Select(person => person.ValueKind == JsonValueKind.String ? Value(person) : Text(person, "name"));

    private static IEnumerable<string?> Texts(JsonElement element, string name) => List(element, name).Select(Value);

    private static List<JsonElement> List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? Value(value) : null;

    private static string? Value(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a character.
            return null;
        }
    }
}
