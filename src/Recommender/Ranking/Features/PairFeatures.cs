using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>All pair features, in an order that never changes, and the bytes in which a neighbour keeps them: a version, then a byte each in steps of 1/254, 255 for what is not known.</summary>
public static class PairFeatures
{
    private const byte Version = 1;
    private const byte Unknown = byte.MaxValue;
    private const double Steps = 254;

    /// <summary>The features.</summary>
    public static IReadOnlyList<PairFeature> All { get; } =
    [
        new WordCosine(), new PhraseCosine(), new NameCosine(), new LatentCosine(), new HeadlineCosine(), new LeadCosine(),
        new StoryHeadlineInPage(), new PageHeadlineInStory(), new StoryIntroductionInPage(), new TopicCosine(), new SharedTopics(), new StoryLength(),
        new RareWords(), new RarePhrases(), new PageLength(),
    ];

    /// <summary>The features of a page and a story.</summary>
    public static byte[] Pack(in PairComparison pair)
    {
        var packed = new byte[All.Count + 1];
        packed[0] = Version;
        for (var feature = 0; feature < All.Count; feature++)
        {
            var value = All[feature].Of(pair);
            packed[feature + 1] = double.IsFinite(value) ? (byte)Math.Round(Math.Clamp(value, 0, 1) * Steps) : Unknown;
        }

        return packed;
    }

    /// <summary>Reads what <see cref="Pack"/> gave into <paramref name="values"/>, NaN for what is not known; false for anything else.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<float> values)
    {
        if (packed.Length != All.Count + 1 || packed[0] != Version)
        {
            return false;
        }

        for (var feature = 0; feature < All.Count; feature++)
        {
            values[feature] = packed[feature + 1] == Unknown ? float.NaN : (float)(packed[feature + 1] / Steps);
        }

        return true;
    }
}
