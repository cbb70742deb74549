using System.Text;
using CsCheck;
using Recommender.Text;

namespace Recommender.Tests.Text;

public sealed class PackedTermsTests
{
    private const int LongestSurface = 40;

    private static readonly Gen<AnalysedTerm[]> Terms = Gen.Select(Gen.UInt, Gen.String[0, 60].Where(Recommender.Tables.TableLimits.IsWellFormed), Gen.Int[1, 300], Gen.Int[0, 31])
        .Select((hash, surface, count, traits) => new AnalysedTerm(hash, surface, count, (TermTraits)traits))
        .Array[0, PackedTerms.MaxCount].Select(terms => terms.DistinctBy(PackedTerms.Identity).ToArray());

    [Fact]
    public void Terms_come_back_sorted_with_their_places_and_nearly_their_weights() => Gen.Select(Terms, Gen.Int[0, 100_000]).Sample((terms, words) =>
    {
        var packed = PackedTerms.FromBytes(PackedTerms.Pack(terms, words).ToBytes())!;

        Assert.Equal(terms.Select(PackedTerms.Identity).Order(), Enumerable.Range(0, packed.Count).Select(packed.HashAt));
        var given = terms.ToDictionary(PackedTerms.Identity);
        Assert.All(Enumerable.Range(0, packed.Count), place =>
        {
            var term = given[packed.HashAt(place)];
            Assert.Equal(term.Traits, packed.TraitsAt(place));
            Assert.Equal(term.IsPair, PackedTerms.IsPair(packed.HashAt(place)));
            Assert.InRange(packed.WeightAt(place) / Math.Sqrt(Math.Min(term.Count, 256)), 1 / 1.047, 1.047);
        });
        Assert.InRange(packed.Length, 1, PackedTerms.MaxBytes);
        Assert.Equal(Math.Clamp(Math.Log(Math.Max(1, words)) / Math.Log(65_536), 0, 1), packed.TextLength, 0.002);
        Assert.Equal(packed, PackedTerms.Pack(terms, words));
        Assert.Equal(packed.GetHashCode(), PackedTerms.Pack(terms, words).GetHashCode());
    });

    [Fact]
    public void Of_the_first_terms_surface_forms_are_kept_as_long_as_there_is_room() => Terms.Sample(terms =>
    {
        var packed = PackedTerms.Pack(terms, 100);

        var candidates = terms.Where(term => term.Surface.Length is > 0 and <= LongestSurface).ToList();
        var kept = candidates.TakeWhile(term => packed.SurfaceOf(PackedTerms.Identity(term)) is not null).ToList();
        Assert.All(kept, term => Assert.Equal(term.Surface, packed.SurfaceOf(PackedTerms.Identity(term))));
        Assert.All(terms.Except(kept), term => Assert.Null(packed.SurfaceOf(PackedTerms.Identity(term))));
        Assert.True(
            kept.Count == candidates.Count || packed.Length + 2 + Encoding.UTF8.GetByteCount(candidates[kept.Count].Surface) > PackedTerms.MaxBytes,
            "A form was left out although there was room.");
    });

    [Fact]
    public void Too_many_terms_or_two_with_one_identity_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PackedTerms.Pack(Enumerable.Range(0, PackedTerms.MaxCount + 1).Select(i => new AnalysedTerm((uint)i * 4, "a", 1, TermTraits.None)), 9));
        Assert.Throws<ArgumentException>(() => PackedTerms.Pack([new AnalysedTerm(8, "a", 1, TermTraits.None), new AnalysedTerm(8, "b", 2, TermTraits.Name)], 9));
        Assert.Equal(2, PackedTerms.Pack([new AnalysedTerm(8, "a", 1, TermTraits.None), new AnalysedTerm(8, "a b", 2, TermTraits.Pair)], 9).Count);
    }

    [Fact]
    public void Bytes_of_an_earlier_format_are_none_and_of_a_later_one_an_error()
    {
        var bytes = PackedTerms.Pack([new AnalysedTerm(8, "a", 1, TermTraits.None)], 9).ToBytes();

        Assert.Null(PackedTerms.FromBytes([(byte)(bytes[0] - 1), .. bytes[1..]]));
        Assert.Throws<FormatException>(() => PackedTerms.FromBytes([(byte)(bytes[0] + 1), .. bytes[1..]]));
        Assert.Throws<FormatException>(() => PackedTerms.FromBytes([]));
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_harmless() => Gen.Select(Terms, Gen.Int[0, 5_000], Gen.Byte, Gen.Bool).Sample((terms, at, value, isCut) =>
    {
        var bytes = PackedTerms.Pack(terms, 100).ToBytes().ToArray();
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
            if (PackedTerms.FromBytes(bytes) is { } packed)
            {
                Assert.All(Enumerable.Range(0, packed.Count), place => Assert.InRange(packed.WeightAt(place), 1, 16));
                Assert.All(Enumerable.Range(0, packed.Count), place => packed.SurfaceOf(packed.HashAt(place)));
                Assert.False(isCut);
            }
        }
        catch (FormatException)
        {
        }
    });
}
