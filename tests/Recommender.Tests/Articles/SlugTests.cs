using CsCheck;
using Recommender.Articles;
using Recommender.Tables;

namespace Recommender.Tests.Articles;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Politics", "politics")]
    [InlineData("  Social   Media & You! ", "social-media-you")]
    [InlineData("Côte d’Ivoire", "cote-divoire")]
    [InlineData("Straße Ærø Łódź", "strasse-aero-lodz")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("C++", "c")]
    [InlineData("5G", "5g")]
    [InlineData("Политика", "политика")]
    [InlineData("北京 政治", "北京-政治")]
    [InlineData("हिन्दी समाचार", "हिन्दी-समाचार")]
    [InlineData("한국 정치", "한국-정치")]
    [InlineData("ﬁnance ①", "finance-1")]
    public void A_name_becomes_letters_digits_and_hyphens(string name, string slug) => Assert.Equal(slug, Slug.From(name));

    [Theory]
    [InlineData("")]
    [InlineData(" !? ")]
    [InlineData("—")]
    [InlineData("😀")]
    public void A_name_without_letters_has_no_slug(string name) => Assert.Null(Slug.From(name));

    [Fact]
    public void A_long_name_is_cut_between_words() =>
        Assert.Equal("the-committee-on-the-committees-of-the-harbour-board-and-its", Slug.From("The committee on the committees of the harbour board and its successors"));

    [Fact]
    public void Spelling_does_not_matter_and_a_slug_is_its_own_slug() => Gen.OneOf(Gen.String, Gen.String[Gen.Char["abcÉß øİ'’-&漢कि한😀"], 0, 90]).Sample(name =>
    {
        if (Slug.From(name) is not { } slug)
        {
            return;
        }

        Assert.Equal(slug, Slug.From(slug));
        Assert.Equal(slug, Slug.From($" {name} "));
        Assert.InRange(slug.Length, 1, Slug.MaxLength);
        Assert.False(slug.StartsWith('-') || slug.EndsWith('-') || slug.Contains("--", StringComparison.Ordinal), slug);
    }, iter: 5_000);

    [Theory]
    [InlineData("漢")]
    [InlineData("ก")]
    [InlineData("😀")]
    [InlineData("𠀀")]
    public void A_slug_of_any_script_fits_into_a_key(string character)
    {
        var slug = Slug.From(string.Concat(Enumerable.Repeat(character, 80)));

        Assert.True(slug is null || TableLimits.IsKey(Keys.Timeline(new string('s', 40), slug, DateTimeOffset.UnixEpoch)), slug);
        Assert.True(slug is null || Keys.ParseRow(Keys.Row(slug)) == slug);
    }
}
