using Microsoft.AspNetCore.Mvc;
using Recommender.Articles;
using Recommender.Tables;

namespace Recommender.Functions.Desk.Index;

/// <summary>Finds the page whose list is to be decided, at <c>/desk/{site}/pages</c>: by its address, by words, or among the newest.</summary>
internal static class IndexEndpoints
{
    private const int Searched = 2000;
    private const int Shown = 60;

    /// <summary>Maps it, for editors.</summary>
    public static void MapIndex(this IEndpointRouteBuilder desk) => desk.MapGet("/pages", async (
        [FromQuery] string? q, [FromQuery] string? topic, DeskRequest request, Publisher publisher, Timeline timeline, CancellationToken cancellation) =>
    {
        var words = (q ?? "").Trim();
        var site = request.Site;
        if (words.Length > 0 && await FindAsync(words) is { } id)
        {
            return Results.Redirect(request.PageOf(id));
        }

        var topics = await timeline.TopicsAsync(site, cancellation);
        var chosen = topics.Any(known => known.Slug == topic) ? topic! : Keys.AnyTopic;
        var newest = await timeline.LatestAsync(site, chosen, null, words.Length > 0 ? Searched : Shown, cancellation);
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return DeskResults.Page<IndexPage>(new()
        {
            [nameof(IndexPage.Words)] = words,
            [nameof(IndexPage.Topic)] = chosen,
            [nameof(IndexPage.Topics)] = topics.OrderBy(known => known.Name, StringComparer.CurrentCultureIgnoreCase).ToList(),
            [nameof(IndexPage.Cards)] = newest.Where(card => parts.All(part => Has(card, part))).Take(Shown).ToList(),
            [nameof(IndexPage.Considered)] = newest.Count,
        });

        async Task<string?> FindAsync(string name) => name.Contains("://", StringComparison.Ordinal)
            ? await publisher.FindAsync(site, name, cancellation)
            : await publisher.GetAsync(site, name, cancellation) is null ? null : name;
    });

    private static bool Has(ArticleCard card, string word) =>
        card.Title.Contains(word, StringComparison.CurrentCultureIgnoreCase) || card.Dek.Contains(word, StringComparison.CurrentCultureIgnoreCase)
        || card.Authors.Any(author => author.Contains(word, StringComparison.CurrentCultureIgnoreCase));
}
