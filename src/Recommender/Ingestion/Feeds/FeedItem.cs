using System.Globalization;
using System.Text.RegularExpressions;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion.Feeds;

/// <summary>What a reader of one format found in an item; <see cref="ToEntry"/> makes an article of it.</summary>
internal sealed partial record FeedItem
{
    // A description this long without any other content is the content.
    private const int LongDescription = 700;

    public required Uri? Link { get; init; }

    public string? Title { get; init; }

    public string? SummaryHtml { get; init; }

    public string? ContentHtml { get; init; }

    public IEnumerable<string?> Published { get; init; } = [];

    public IEnumerable<string?> Updated { get; init; } = [];

    public IReadOnlyList<string>? Topics { get; init; }

    public IReadOnlyList<string>? Authors { get; init; }

    public ArticleImage? Image { get; init; }

    public string? Language { get; init; }

    /// <summary>The entry, with everything that the validator would refuse left out or cut.</summary>
    /// <param name="site">For dates without a zone.</param>
    /// <param name="number">From 1, in the feed.</param>
    /// <param name="parent">What the item's addresses are relative to.</param>
    public FeedEntry ToEntry(Site site, int number, Uri? parent)
    {
        if (Link is null)
        {
            return new FeedEntry($"item {number.ToString(CultureInfo.InvariantCulture)}", null, "The item has no link.");
        }

        var summary = FeedContent.Read(SummaryHtml, parent);
        var content = FeedContent.Read(ContentHtml, parent);
        var body = content.Text.Length == 0 && summary.Text.Length > LongDescription ? summary : content;
        var title = FeedText.Title(Title);
        var dek = FeedText.Dek(PlainText.Body(summary.Text.Length > 0 ? summary.Text : content.Text).Text);
        var published = FeedDates.First(site.TimeZone, Published);
        var updated = FeedDates.First(site.TimeZone, Updated);
        return new FeedEntry(Link.AbsoluteUri, new ArticleInput
        {
            Url = Link.AbsoluteUri,
            Title = title,
            Dek = dek == title ? null : dek,
            Body = body.Text.Length == 0 ? null : body.Text,
            Links = body.Links.Count == 0 ? null : body.Links,
            Published = published ?? updated,
            Updated = published is null ? null : updated,
            Topics = Topics,
            Authors = Authors,
            Image = Image ?? content.Image ?? summary.Image,
            Language = LanguageOf(Language),
        });
    }

    /// <summary>A language tag that can be one; null otherwise.</summary>
    public static string? LanguageOf(string? text)
    {
        var tag = text?.Trim().Replace('_', '-');
        return tag is not null && LanguageTag().IsMatch(tag) ? tag : null;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    private static partial Regex LanguageTag();
}
