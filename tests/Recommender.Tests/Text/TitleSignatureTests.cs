using CsCheck;
using Recommender.Text;

namespace Recommender.Tests.Text;

public sealed class TitleSignatureTests
{
    [Theory]
    [InlineData("Ferry talks collapse after midnight", "Ferry talks collapse after midnight", true)]
    [InlineData("FERRY TALKS collapse – after midnight!", "Ferry talks collapse after midnight", true)]
    [InlineData("Café owners’ plea", "Cafe owners' plea", true)]
    [InlineData("UPDATE 2: Ferry talks collapse", "Ferry talks collapse", true)]
    [InlineData("Watch: Live - Ferry talks collapse", "Ferry talks collapse", true)]
    [InlineData("[Updated] | Ferry talks collapse", "Ferry talks collapse", true)]
    [InlineData("Ferry talks collapse after midnight", "Ferry talks collapse after midnight, strike to begin Monday", true)]
    [InlineData("Council approves the new harbour bridge", "Council approves new harbour bridge", true)]
    [InlineData("Council approves the budget for 2024", "Council approves the budget for 2025", false)]
    [InlineData("Ferry talks", "Ferry talks collapse after midnight", false)]
    [InlineData("Ferry talks collapse after midnight", "Ferry talks resume before midnight", false)]
    [InlineData("Orchards light fires", "Ferry talks collapse", false)]
    [InlineData("港の橋を承認", "港の橋を承認", true)]
    [InlineData("港の橋を承認", "港の橋を否認", false)]
    [InlineData("", "", false)]
    [InlineData("!!!", "???", false)]
    [InlineData("Live", "Live", true)]
    public void Headlines_that_say_nearly_the_same_are_near_duplicates(string left, string right, bool isNear) =>
        Assert.Equal(isNear, TitleSignature.Of(left).IsNearDuplicateOf(TitleSignature.Of(right)));

    [Fact]
    public void It_does_not_matter_which_headline_is_asked() =>
        Gen.Select(Gen.OneOf("ferry", "talks", "collapse", "after", "midnight", "2024", "2025").Array[0, 8], Gen.OneOf("ferry", "talks", "collapse", "after", "midnight", "2024").Array[0, 8]).Sample((left, right) =>
        {
            var (one, other) = (TitleSignature.Of(string.Join(' ', left)), TitleSignature.Of(string.Join(' ', right)));
            return one.IsNearDuplicateOf(other) == other.IsNearDuplicateOf(one);
        });

    [Fact]
    public void A_headline_with_letters_is_a_near_duplicate_of_itself() => Gen.String.Sample(title =>
        TitleSignature.Of("a" + title).IsNearDuplicateOf(TitleSignature.Of("a" + title)));
}
