using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Articles;

/// <summary>Makes an <see cref="Article"/> of an <see cref="ArticleInput"/>, or says for each field what is wrong.</summary>
public sealed partial class ArticleValidator(TimeProvider time)
{
    /// <summary>Most characters of a title.</summary>
    public const int MaxTitle = 500;

    /// <summary>Most characters of a dek.</summary>
    public const int MaxDek = 2_000;

    /// <summary>Characters of a body that are kept; what is longer is cut at a paragraph or word.</summary>
    public const int MaxBody = 200_000;

    /// <summary>Topics that are kept.</summary>
    public const int MaxTopics = 30;

    private const int MaxAuthors = 20;
    private const int MaxLinks = 200;
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(3_653);

    /// <summary>Whether <paramref name="input"/> can be an article of <paramref name="site"/>; if not, every field that is wrong has an error.</summary>
    public bool TryValidate(Site site, ArticleInput input, [NotNullWhen(true)] out Article? article, out IReadOnlyList<FieldError> errors)
    {
        var found = new List<FieldError>();
        var url = Url(site, input.Url, found);
        var id = Id(input.Id, url, found);
        var title = Text("title", input.Title, MaxTitle, found);
        if (input.Title is null || (title.Length == 0 && found.TrueForAll(error => error.Field != "title")))
        {
            found.Add(new FieldError("title", "A title is required."));
        }

        var dek = Text("dek", input.Dek, MaxDek, found);
        var published = Date("published", input.Published, site, found) ?? time.GetUtcNow();
        var updated = Date("updated", input.Updated, site, found);
        var language = Language(input.Language, found);
        var image = Image(input.Image, url, found);
        errors = found;
        article = null;
        if (found.Count > 0 || url is null || id is null)
        {
            return false;
        }

        var (body, links) = PlainText.Body(input.Body ?? "");
        article = new Article
        {
            Id = id,
            Url = url,
            Title = title,
            Dek = dek,
            Body = Cut(body),
            Published = published,
            Updated = updated > published ? updated : null,
            Topics = Topics(input.Topics ?? []),
            AssignedTopics = Topics(input.AssignedTopics ?? []),
            Authors = [.. (input.Authors ?? []).Select(PlainText.Line).Where(name => name.Length is > 0 and <= MaxTitle).Distinct(StringComparer.Ordinal).Take(MaxAuthors)],
            Image = image,
            Language = language ?? LanguageDetection.Detect(site.Language, title, dek, body),
            Links = Links(links.Concat(input.Links ?? []), url),
            Evergreen = input.Evergreen ?? false,
        };
        return true;
    }

    private static string? Url(Site site, string? text, List<FieldError> errors)
    {
        if (!CanonicalUrl.TryParse(text, out var url))
        {
            errors.Add(new FieldError("url", string.IsNullOrWhiteSpace(text)
                ? "A url is required."
                : $"'{Shorten(text)}' is no absolute http or https URL of at most {CanonicalUrl.MaxLength} characters."));
            return null;
        }

        if (site.Hosts.Count > 0 && !site.HasHost(new Uri(url).Host))
        {
            errors.Add(new FieldError("url", $"'{new Uri(url).Host}' is no host of site '{site.Id}', which has {string.Join(", ", site.Hosts)}."));
            return null;
        }

        return url;
    }

    private static string? Id(string? text, string? url, List<FieldError> errors)
    {
        if (text is null)
        {
            return url is null ? null : ArticleId.FromUrl(url);
        }

        if (ArticleId.IsValid(text))
        {
            return text;
        }

        errors.Add(new FieldError("id", $"An id has 1 to {ArticleId.MaxLength} characters, none of them a control character, and no space at either end."));
        return null;
    }

    private static string Text(string field, string? text, int max, List<FieldError> errors)
    {
        var line = PlainText.Line(text ?? "");
        if (line.Length > max)
        {
            errors.Add(new FieldError(field, $"A {field} has at most {max} characters, not {line.Length}."));
        }

        return line;
    }

    private DateTimeOffset? Date(string field, string? text, Site site, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (!LenientDate.TryParse(text, site.TimeZone, out var instant))
        {
            errors.Add(new FieldError(field, $"'{Shorten(text)}' is no date; write one like 2021-10-18T14:05:00Z."));
            return null;
        }

        if (instant - time.GetUtcNow() > MaxAhead)
        {
            errors.Add(new FieldError(field, $"'{Shorten(text)}' is more than ten years ahead."));
        }

        return instant;
    }

    private static string? Language(string? text, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var tag = text.Trim().Replace('_', '-').ToLowerInvariant();
        if (!LanguageTag().IsMatch(tag))
        {
            errors.Add(new FieldError("language", $"'{Shorten(text)}' is no language tag such as en or pt-BR."));
        }

        return tag;
    }

    private static ArticleImage? Image(ArticleImage? image, string? pageUrl, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(image?.Url) || pageUrl is null)
        {
            return null;
        }

        // A path from the root stays one, so that a site can be read under another host, as a preview is.
        var address = image.Url.Trim();
        var isRooted = address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal);
        if (!isRooted)
        {
            if (!Uri.TryCreate(new Uri(pageUrl), address, out var absolute) || (absolute.Scheme is not ("http" or "https")) || absolute.AbsoluteUri.Length > CanonicalUrl.MaxLength)
            {
                errors.Add(new FieldError("image.url", $"'{Shorten(address)}' is no http or https URL."));
                return null;
            }

            address = absolute.AbsoluteUri;
        }

        return new ArticleImage(address, PlainText.Line(image.Alt ?? ""), Positive(image.Width), Positive(image.Height));
    }

    private static List<Topic> Topics(IReadOnlyList<string> names) => [.. names
        .Select(PlainText.Line)
        .Select(name => new Topic(Slug.From(name) ?? "", name))
        .Where(topic => topic.Slug.Length > 0)
        .DistinctBy(topic => topic.Slug)
        .Take(MaxTopics)];

    private static List<string> Links(IEnumerable<string> addresses, string pageUrl) => [.. addresses
        .Select(address => Uri.TryCreate(new Uri(pageUrl), address, out var absolute) && CanonicalUrl.TryParse(absolute.AbsoluteUri, out var canonical) ? canonical : "")
        .Where(link => link.Length > 0 && link != pageUrl)
        .Distinct(StringComparer.Ordinal)
        .Take(MaxLinks)];

    private static string Cut(string body)
    {
        if (body.Length <= MaxBody)
        {
            return body;
        }

        var paragraph = body.LastIndexOf("\n\n", MaxBody, StringComparison.Ordinal);
        var word = body.LastIndexOf(' ', MaxBody);
        var end = paragraph > MaxBody / 2 ? paragraph : word > MaxBody / 2 ? word : MaxBody;
        return body[..(char.IsHighSurrogate(body[end - 1]) ? end - 1 : end)].TrimEnd();
    }

    private static int? Positive(int? pixels) => pixels > 0 ? pixels : null;

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    [GeneratedRegex("^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$")]
    private static partial Regex LanguageTag();
}
