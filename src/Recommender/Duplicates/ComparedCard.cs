using Recommender.Articles;
using Recommender.Text;

namespace Recommender.Duplicates;

/// <summary>A card as it is compared with many others: its headline is analysed once, and only when it matters.</summary>
public sealed class ComparedCard(ArticleCard card)
{
    /// <summary>The fingerprint; null when the text is unknown.</summary>
    public Fingerprint? Fingerprint { get; } = card.Fingerprint;

    /// <summary>The headline.</summary>
    public TitleSignature Title => field ??= TitleSignature.Of(card.Title);
}
