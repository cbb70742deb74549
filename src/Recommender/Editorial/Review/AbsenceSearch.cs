using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Sites;

namespace Recommender.Editorial.Review;

/// <summary>Why a story is not in a page's list: told by the composition of that very list.</summary>
public sealed class AbsenceSearch(MoreStoriesService lists, ArticleTable articles, TimeProvider time)
{
    /// <summary>What becomes of a story under a page.</summary>
    /// <param name="site">The site.</param>
    /// <param name="request">What the page asks, with a draft laid over or without.</param>
    /// <param name="name">URL or id of the story.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Absence> ExplainAsync(Site site, ListRequest request, string name, CancellationToken cancellation = default)
    {
        var id = CanonicalUrl.TryParse(name.Trim(), out var url) ? await articles.FindAsync(site, url, cancellation) : name.Trim();
        var stored = string.IsNullOrEmpty(id) ? null : await articles.GetAsync(site, id, cancellation);
        var fate = stored is null ? new Fate(FateKind.Unknown)
            : stored.Article is not { } article ? new Fate(FateKind.TakenDown)
            : await lists.FateAsync(site, request, article.Card, cancellation);
        var now = request.At ?? time.GetUtcNow();
        var sentence = Sentences.WhyNot(fate, request.Count ?? site.Count, site.TimeZone, now, stored?.Article?.Published);
        if (stored is { Article: null, Removed: { } removed })
        {
            sentence = $"It was taken down {LocalTime.Distance(removed - now)}: {LocalTime.Echo(removed, site.TimeZone, now)}.";
        }

        return new Absence(stored?.Id ?? id, stored?.Article?.Card, fate, sentence);
    }
}

/// <summary>What became of a story under a page.</summary>
/// <param name="Id">Its id; null when there is none.</param>
/// <param name="Card">What is shown of it; null when it cannot be shown.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Sentence">The same in a sentence. Plain text.</param>
public sealed record Absence(string? Id, ArticleCard? Card, Fate Fate, string Sentence);
