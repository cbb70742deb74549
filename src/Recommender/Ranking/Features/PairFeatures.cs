using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>
/// All pair features, in an order that never changes, and the bytes in which a neighbour keeps them: a version, then a byte each in steps of 1/254, 255 for what is not known; then,
/// where one links to the other, a byte that tells which.
/// </summary>
public static class PairFeatures
{
    private const byte Version = 1;
    private const byte Unknown = byte.MaxValue;
    private const double Steps = 254;

    private static readonly PairFeature[] InOrder =
    [
        new WordCosine(), new PhraseCosine(), new NameCosine(), new LatentCosine(), new HeadlineCosine(), new LeadCosine(),
        new StoryHeadlineInPage(), new PageHeadlineInStory(), new StoryIntroductionInPage(), new TopicCosine(), new SharedTopics(), new StoryLength(),
        new RareWords(), new RarePhrases(), new PageLength(),
    ];

    /// <summary>The features.</summary>
    public static IReadOnlyList<PairFeature> All => InOrder;

    /// <summary>The features of a page and a story.</summary>
    public static byte[] Pack(in PairComparison pair)
    {
        var packed = new byte[InOrder.Length + (pair.Links == BodyLinks.None ? 1 : 2)];
        packed[0] = Version;
        for (var feature = 0; feature < InOrder.Length; feature++)
        {
            var value = InOrder[feature].Of(pair);
            packed[feature + 1] = double.IsFinite(value) ? (byte)Math.Round(Math.Clamp(value, 0, 1) * Steps) : Unknown;
        }

        if (pair.Links != BodyLinks.None)
        {
            packed[^1] = (byte)pair.Links;
        }

        return packed;
    }

    /// <summary>Reads what <see cref="Pack"/> gave into <paramref name="values"/>, NaN for what is not known; false for anything else.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<float> values)
    {
        if (!IsPacked(packed))
        {
            return false;
        }

        for (var feature = 0; feature < InOrder.Length; feature++)
        {
            values[feature] = packed[feature + 1] == Unknown ? float.NaN : (float)(packed[feature + 1] / Steps);
        }

        return true;
    }

    /// <summary>Which of the two links to the other, by what <see cref="Pack"/> gave; none for anything else.</summary>
    public static BodyLinks LinksOf(ReadOnlySpan<byte> packed) =>
        IsPacked(packed) && packed.Length == InOrder.Length + 2 ? (BodyLinks)packed[^1] & (BodyLinks.ToStory | BodyLinks.ToPage) : BodyLinks.None;

    private static bool IsPacked(ReadOnlySpan<byte> packed) => packed.Length - InOrder.Length is 1 or 2 && packed[0] == Version;
}
