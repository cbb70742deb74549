using Recommender.Articles;

namespace Recommender.Duplicates;

/// <summary>
/// Keeps near-duplicates out of one list. What is taken first represents all its copies: the page itself, then pins, then the stories in their order, so rank decides; between equals the
/// ranking and the cascade already put the later version first. A pin is never asked whether it may enter, but it does keep its copies out.
/// </summary>
/// <param name="rule">What counts as near; null: as shipped.</param>
public sealed class NearDuplicates(DuplicateRule? rule = null)
{
    private readonly DuplicateRule rule = rule ?? DuplicateRule.Shipped;
    private readonly List<(ArticleCard Card, ComparedCard Compared)> taken = [];

    /// <summary>Takes a card, whatever was taken before.</summary>
    public void Add(ArticleCard card) => taken.Add((card, new ComparedCard(card)));

    /// <summary>Whether a card is no near-duplicate of any that was taken.</summary>
    public bool Admits(ArticleCard card) => Near(card) is null;

    /// <summary>The card that was taken of which this one is a near-duplicate; null when there is none.</summary>
    public ArticleCard? Near(ArticleCard card)
    {
        var compared = new ComparedCard(card);
        return taken.Find(other => rule.AreNear(other.Compared, compared)).Card;
    }
}
