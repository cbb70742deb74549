using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Similarity;

namespace Recommender.MoreStories;

/// <summary>How far ahead of an instant what was gathered for it stays the same: until the first of the windows of overrides begins or ends, or of the stories still to come is published.</summary>
/// <param name="now">The instant.</param>
internal sealed class Horizon(DateTimeOffset now)
{
    /// <summary>The first instant that is known to make a difference.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Looks at the windows of overrides.</summary>
    public void See(IEnumerable<Override> rules)
    {
        foreach (var rule in rules)
        {
            See(rule.From);
            See(rule.Until);
        }
    }

    /// <summary>Looks at when stories are published.</summary>
    public void See(IEnumerable<ArticleCard> cards)
    {
        foreach (var card in cards)
        {
            See(card.Published);
        }
    }

    /// <summary>Looks at when a page's neighbours are published.</summary>
    public void See(NeighbourList page)
    {
        foreach (var neighbour in page.Neighbours)
        {
            See(neighbour.Published);
        }
    }

    private void See(DateTimeOffset? instant)
    {
        if (instant > now && instant < Until)
        {
            Until = instant.Value;
        }
    }
}
