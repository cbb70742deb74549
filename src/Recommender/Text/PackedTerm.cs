namespace Recommender.Text;

/// <summary>One of an article's <see cref="PackedTerms"/>.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="IsName">Whether it is a name.</param>
/// <param name="Bits">The level of its weight, and in which places of the article it stands.</param>
internal readonly record struct PackedTerm(uint Identity, bool IsName, byte Bits)
{
    /// <summary>Number of levels that a weight can have.</summary>
    public const int Levels = LevelMask + 1;

    private const int LevelBits = 5;
    private const int PlaceBits = 8 - LevelBits;
    private const int LevelMask = (1 << LevelBits) - 1;
    private const double HeaviestWeight = 16;
    private static readonly (TermTraits Trait, byte Bit)[] Places = [(TermTraits.Headline, 32), (TermTraits.Dek, 64), (TermTraits.Lead, 128)];
    private static readonly TermTraits[] PlaceTraits = [.. Enumerable.Range(0, 1 << PlaceBits).Select(bits =>
        Places.Where(place => (bits << LevelBits & place.Bit) != 0).Aggregate(TermTraits.None, (traits, place) => traits | place.Trait))];

    private static readonly float[] Weights = [.. Enumerable.Range(0, LevelMask + 1).Select(level => (float)Math.Pow(HeaviestWeight, level / (double)LevelMask))];

    /// <summary>A term as it was found in a text.</summary>
    public static PackedTerm Of(AnalysedTerm term)
    {
        var level = (int)Math.Clamp(Math.Round(LevelMask * Math.Log(Math.Sqrt(term.Count)) / Math.Log(HeaviestWeight)), 0, LevelMask);
        return new PackedTerm(PackedTerms.Identity(term), (term.Traits & TermTraits.Name) != 0, (byte)(level | Places.Where(place => (term.Traits & place.Trait) != 0).Sum(place => place.Bit)));
    }

    /// <summary>The level of its weight.</summary>
    public int Level => Bits & LevelMask;

    /// <summary>Its weight.</summary>
    public float Weight => Weights[Level];

    /// <summary>Where and how it stands in the article.</summary>
    public TermTraits Traits => PlaceTraits[Bits >> LevelBits] | (PackedTerms.IsPair(Identity) ? TermTraits.Pair : 0) | (IsName ? TermTraits.Name : 0);

    /// <summary>The weight that a level stands for.</summary>
    public static float WeightOf(int level) => Weights[level];
}
