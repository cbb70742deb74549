using System.Globalization;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Functions.Demo;

/// <summary>What every page of the newspaper is made from.</summary>
public sealed record Desk
{
    private const int SectionsInNavigation = 9;

    /// <summary>The site.</summary>
    public required Site Site { get; init; }

    /// <summary>The instant of the request.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The newest stories, newest first.</summary>
    public required IReadOnlyList<ArticleCard> Latest { get; init; }

    /// <summary>Names of topics by slug.</summary>
    public required IReadOnlyDictionary<string, string> TopicNames { get; init; }

    /// <summary>The sections that most of the newest stories are filed under.</summary>
    public IReadOnlyList<Section> Sections => [.. In(Site.Language)
        .SelectMany(card => card.Topics)
        .CountBy(topic => topic)
        .OrderByDescending(topic => topic.Value).ThenBy(topic => topic.Key, StringComparer.Ordinal)
        .Take(SectionsInNavigation)
        .Select(topic => new Section(topic.Key, NameOf(topic.Key), Site.Language))];

    /// <summary>What the masthead leads to.</summary>
    public IEnumerable<Section> Navigation => In(Section.Spanish.Language).Any() ? Sections.Append(Section.Spanish) : Sections;

    /// <summary>The newest stories in a language.</summary>
    public IEnumerable<ArticleCard> In(string language) => Latest.Where(card => Wording.Primary(card.Language) == Wording.Primary(language));

    /// <summary>Of stories that are nearly the same, the newest.</summary>
    public static IEnumerable<ArticleCard> Distinct(IEnumerable<ArticleCard> cards)
    {
        var titles = new List<TitleSignature>();
        foreach (var card in cards)
        {
            var title = TitleSignature.Of(card.Title);
            if (!titles.Exists(title.IsNearDuplicateOf))
            {
                titles.Add(title);
                yield return card;
            }
        }
    }

    /// <summary>When a story was changed: the time alone on the day it was published.</summary>
    public string Changed(Article article)
    {
        var updated = TimeZoneInfo.ConvertTime(article.Updated ?? article.Published, Site.TimeZone);
        return updated.Date == TimeZoneInfo.ConvertTime(article.Published, Site.TimeZone).Date
            ? updated.ToString("HH:mm", CultureInfo.InvariantCulture)
            : Day(updated, article.Language);
    }

    /// <summary>What readers call a topic.</summary>
    public string NameOf(string topic) => TopicNames.GetValueOrDefault(topic, topic);

    /// <summary>The day of an instant, in words of a language.</summary>
    public string Day(DateTimeOffset instant, string language) => LongDate.Format(instant, Site.TimeZone, language);

    /// <summary>The story at the top of the front page: the newest with a picture.</summary>
    public ArticleCard? Lead => In(Site.Language).FirstOrDefault(card => card.Image is not null);

    /// <summary>Puts the front page together, with <paramref name="related"/> below its first story. No story stands on it twice.</summary>
    public Front Front(IReadOnlyList<ArticleCard> related)
    {
        const int Bands = 7;
        const int InBand = 4;
        var rest = Distinct(In(Site.Language)).Where(card => card.Id != Lead?.Id && related.All(other => other.Id != card.Id)).ToList();
        List<ArticleCard> Take(int count, Func<ArticleCard, bool> which)
        {
            var taken = rest.Where(which).Take(count).ToList();
            rest.RemoveAll(taken.Contains);
            return taken;
        }

        return new Front
        {
            Lead = Lead,
            Related = related,
            Seconds = Take(2, card => card.Image is not null),
            Latest = Take(7, _ => true),
            Bands = [.. Sections
                .Select(section => section with { Cards = [.. Take(InBand, card => card.Topics.Contains(section.Slug)).OrderByDescending(card => card.Image is not null)] })
                .Where(section => section.Cards.Count >= 2)
                .Take(Bands)],
            Spanish = [.. In("es").Take(InBand)],
        };
    }
}

/// <summary>What stands on the front page.</summary>
public sealed record Front
{
    /// <summary>The story at the top.</summary>
    public ArticleCard? Lead { get; init; }

    /// <summary>Stories on its subject.</summary>
    public IReadOnlyList<ArticleCard> Related { get; init; } = [];

    /// <summary>Stories beside it.</summary>
    public required IReadOnlyList<ArticleCard> Seconds { get; init; }

    /// <summary>Headlines, newest first.</summary>
    public required IReadOnlyList<ArticleCard> Latest { get; init; }

    /// <summary>Sections, each with its newest stories that do not stand above.</summary>
    public required IReadOnlyList<Section> Bands { get; init; }

    /// <summary>Stories in Spanish.</summary>
    public required IReadOnlyList<ArticleCard> Spanish { get; init; }
}

/// <summary>A part of the newspaper.</summary>
/// <param name="Slug">Its path below the front page.</param>
/// <param name="Name">What readers call it.</param>
/// <param name="Language">Language of its stories.</param>
public sealed record Section(string Slug, string Name, string Language)
{
    /// <summary>Everything in Spanish.</summary>
    public static Section Spanish { get; } = new("espanol", "En español", "es");

    /// <summary>Its stories, newest first.</summary>
    public IReadOnlyList<ArticleCard> Cards { get; init; } = [];
}

/// <summary>An article and what its page shows beside it.</summary>
public sealed record Story
{
    /// <summary>The article.</summary>
    public required Article Article { get; init; }

    /// <summary>Headlines beside the text, which the list below does not repeat.</summary>
    public required IReadOnlyList<ArticleCard> Rail { get; init; }

    /// <summary>The list, for readers without script.</summary>
    public required MoreStoriesList List { get; init; }

    /// <summary>A notice that corrects this article.</summary>
    public ArticleCard? Correction { get; init; }

    /// <summary>Whether the article is itself a correction.</summary>
    public bool IsCorrection => Article.Url.Contains("/corrections/", StringComparison.Ordinal);
}
