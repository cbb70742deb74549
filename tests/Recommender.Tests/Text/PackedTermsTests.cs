using CsCheck;
using Recommender.Text;

namespace Recommender.Tests.Text;

public sealed class PackedTermsTests
{
    private static readonly Gen<AnalysedTerm[]> Terms = Gen.Select(Gen.UInt, Gen.String[0, 80].Where(Recommender.Tables.TableLimits.IsWellFormed), Gen.Float[1, 7.9f])
        .Select((hash, surface, weight) => new AnalysedTerm(hash, surface, weight, false))
        .Array[0, PackedTerms.MaxCount].Select(terms => terms.DistinctBy(term => term.Hash).ToArray());

    [Fact]
    public void Terms_come_back_sorted_with_nearly_their_weights() => Terms.Sample(terms =>
    {
        var packed = PackedTerms.FromBytes(PackedTerms.Pack(terms).ToBytes());

        Assert.Equal(terms.Select(term => term.Hash).Order(), Enumerable.Range(0, packed.Count).Select(packed.HashAt));
        var weights = terms.ToDictionary(term => term.Hash, term => term.Weight);
        Assert.All(Enumerable.Range(0, packed.Count), place => Assert.Equal(weights[packed.HashAt(place)], packed.WeightAt(place), 0.016f * 8));
        Assert.Equal(packed, PackedTerms.Pack(terms));
        Assert.Equal(packed.GetHashCode(), PackedTerms.Pack(terms).GetHashCode());
    });

    [Fact]
    public void The_first_surface_forms_that_are_short_enough_are_kept() => Terms.Sample(terms =>
    {
        var packed = PackedTerms.Pack(terms);

        var kept = terms.Where(term => term.Surface.Length is > 0 and <= 60).Take(PackedTerms.MaxSurfaces).Select(term => term.Hash).ToHashSet();
        Assert.All(terms, term => Assert.Equal(kept.Contains(term.Hash) ? term.Surface : null, packed.SurfaceOf(term.Hash)));
    });

    [Fact]
    public void Too_many_terms_or_two_with_one_hash_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PackedTerms.Pack(Enumerable.Range(0, PackedTerms.MaxCount + 1).Select(i => new AnalysedTerm((uint)i, "a", 1, false))));
        Assert.Throws<ArgumentException>(() => PackedTerms.Pack([new AnalysedTerm(7, "a", 1, false), new AnalysedTerm(7, "b", 2, false)]));
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_harmless() => Gen.Select(Terms, Gen.Int[0, 5_000], Gen.Byte, Gen.Bool).Sample((terms, at, value, isCut) =>
    {
        var bytes = PackedTerms.Pack(terms).ToBytes().ToArray();
        at %= bytes.Length;
        if (isCut)
        {
            bytes = bytes[..at];
        }
        else
        {
            bytes[at] = value;
        }

        try
        {
            var packed = PackedTerms.FromBytes(bytes);
            Assert.All(Enumerable.Range(0, packed.Count), place => packed.SurfaceOf(packed.HashAt(place)));
            Assert.False(isCut);
        }
        catch (FormatException)
        {
        }
    });
}
