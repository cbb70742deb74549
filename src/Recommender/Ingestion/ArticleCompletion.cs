using System.Globalization;
using System.Text.RegularExpressions;
using Recommender.Articles;
using Recommender.Ingestion.Feeds;

namespace Recommender.Ingestion;

/// <summary>Puts together what a feed says of an article, what its page says, and what is known of it already.</summary>
internal static partial class ArticleCompletion
{
    /// <summary>Whether a feed says too little of an article without its page.</summary>
    /// <param name="input">What the feed says.</param>
    /// <param name="existing">The article as it is indexed, or null.</param>
    /// <param name="isChanged">Whether the feed is known to say something else than when the article was indexed.</param>
    /// <param name="fullText">Characters that are enough of a body.</param>
    public static bool NeedsPage(ArticleInput input, Article? existing, bool isChanged, int fullText)
    {
        if (existing is not null && !isChanged && existing.Body.Length >= fullText && (input.Title is null || PlainText.Line(input.Title) == existing.Title))
        {
            return false;
        }

        return input.Title is null || (input.Body?.Length ?? 0) < fullText || (input.Published is null && existing is null);
    }

    /// <summary>
    /// One input of all: the feed's own words win, the page gives what they lack, and what is indexed stays where neither says anything. A fuller body is never replaced by an
    /// emptier one, unless that is the whole text of the page.
    /// </summary>
    public static ArticleInput Merge(ArticleInput feed, ArticleInput? page, Article? existing, int fullText, DateTimeOffset? lastResort = null)
    {
        var title = feed.Title ?? page?.Title ?? (existing is null ? FeedText.Headline(feed.Dek ?? feed.Body) : FeedText.Escape(existing.Title));
        var (body, links) = Body(feed, page, existing, fullText);
        return new ArticleInput
        {
            Url = page?.Url ?? feed.Url,
            Title = title,
            Dek = feed.Dek ?? page?.Dek ?? (existing is { Dek.Length: > 0 } ? FeedText.Escape(existing.Dek) : null),
            Body = body,
            Links = links,
            Published = feed.Published ?? page?.Published ?? Iso(existing?.Published) ?? DateInAddress(feed.Url) ?? feed.Updated ?? Iso(lastResort),

            // A sitemap's date is of the page, which changes with every new template.
            Updated = (feed.Title is null ? null : feed.Updated) ?? page?.Updated ?? Iso(existing?.Updated),
            Topics = feed.Topics ?? (page?.Topics is { Count: > 0 } topics ? topics : existing?.Topics.Select(topic => FeedText.Escape(topic.Name)).ToList()),
            Authors = feed.Authors ?? (page?.Authors is { Count: > 0 } authors ? authors : existing?.Authors.Select(FeedText.Escape).ToList()),
            Language = feed.Language ?? page?.Language ?? existing?.Language,
            Evergreen = feed.Evergreen ?? page?.Evergreen ?? existing?.Evergreen,
            Image = feed.Image ?? page?.Image ?? (existing?.Image is { } image ? image with { Alt = FeedText.Escape(image.Alt) } : null),
        };
    }

    private static (string? Body, IReadOnlyList<string>? Links) Body(ArticleInput feed, ArticleInput? page, Article? existing, int fullText)
    {
        var (feedLength, pageLength) = (feed.Body?.Length ?? 0, page?.Body?.Length ?? 0);
        var chosen = page is not null && pageLength >= feedLength ? page : feed;
        var length = Math.Max(feedLength, pageLength);
        var isWholePage = chosen == page && pageLength >= fullText;
        return existing is not null && existing.Body.Length > length && !isWholePage && (length < fullText || 2 * length < existing.Body.Length)
            ? (FeedText.Escape(existing.Body), existing.Links)
            : (chosen.Body, chosen.Links);
    }

    private static string? DateInAddress(string? url) =>
        url is not null && DatePath().Match(url) is { Success: true } date ? $"{date.Groups["year"].Value}-{Two(date, "month")}-{Two(date, "day")}" : null;

    private static string Two(Match match, string group) => match.Groups[group].Value.PadLeft(2, '0');

    private static string? Iso(DateTimeOffset? instant) => instant?.ToString("O", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[^?#]*?/(?<year>(?:19|20)\d\d)[/-](?<month>0?[1-9]|1[0-2])[/-](?<day>0?[1-9]|[12]\d|3[01])(?=[/-])")]
    private static partial Regex DatePath();
}
