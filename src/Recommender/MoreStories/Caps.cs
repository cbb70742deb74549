using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.MoreStories;

/// <summary>
/// Counts how many stories of a list have a topic or an author. A story counts under each of its topics, the page's own included: "at most two of a topic" means what it says on a page of
/// that topic, too. A cap says what comes first, not what may not come: a story over it is taken when nothing else that was chosen for the page is left.
/// </summary>
internal sealed class Caps(RankingSettings settings)
{
    private readonly Dictionary<string, int> topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> authors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there are any.</summary>
    public bool Exist => settings.MaxPerTopic is not null || settings.MaxPerAuthor is not null;

    /// <summary>Whether a story is within all caps.</summary>
    public bool HasRoom(ArticleCard card) =>
        HasRoom(topics, card.Topics, settings.MaxPerTopic) && HasRoom(authors, card.Authors, settings.MaxPerAuthor);

    /// <summary>Counts a story that is in the list.</summary>
    public void Count(ArticleCard card)
    {
        Count(topics, card.Topics);
        Count(authors, card.Authors);
    }

    private static bool HasRoom(Dictionary<string, int> counts, IReadOnlyList<string> names, int? most)
    {
        for (var i = 0; most is not null && i < names.Count; i++)
        {
            if (counts.GetValueOrDefault(names[i]) >= most)
            {
                return false;
            }
        }

        return true;
    }

    private static void Count(Dictionary<string, int> counts, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
    }
}
