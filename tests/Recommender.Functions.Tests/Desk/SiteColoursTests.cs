using CsCheck;
using Recommender.Functions.Desk;

namespace Recommender.Functions.Tests.Desk;

public sealed class SiteColoursTests
{
    [Fact]
    public void Any_colour_becomes_one_that_can_be_read_in_light_and_in_dark() => Gen.Byte.Select(Gen.Byte, Gen.Byte).Sample((red, green, blue) =>
    {
        var colour = new Colour(red, green, blue);
        foreach (var (surface, end) in new[] { (Colour.Parse("#e9edf2"), new Colour(0, 0, 0)), (Colour.Parse("#2b333d"), new Colour(255, 255, 255)) })
        {
            Assert.True(Colour.Contrast(SiteColours.Readable(colour, surface, end), surface) >= 4.5);
        }
    });

    [Fact]
    public void A_colour_that_can_be_read_stays_as_it_is() =>
        Assert.Equal("#1f5f8b", SiteColours.Readable(Colour.Parse("#1f5f8b"), Colour.Parse("#e9edf2"), new Colour(0, 0, 0)).ToString());

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#ff0000", "#ff0000", 1)]
    public void Contrast_is_that_of_WCAG(string one, string other, double ratio) => Assert.Equal(ratio, Colour.Contrast(Colour.Parse(one), Colour.Parse(other)), 2);
}
