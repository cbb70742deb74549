using Recommender.MoreStories;

namespace Recommender.Tests.MoreStories;

public sealed class LongDateTests
{
    private static readonly DateTimeOffset Evening = new(2021, 10, 18, 22, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "October 18, 2021")]
    [InlineData("en-gb", "18 October 2021")]
    [InlineData("es", "18 de octubre de 2021")]
    [InlineData("fr", "18 octobre 2021")]
    [InlineData("de", "18. Oktober 2021")]
    [InlineData("pt", "18 de outubro de 2021")]
    [InlineData("fi", "18. lokakuuta 2021")]
    [InlineData("ja", "2021年10月18日")]
    [InlineData("ru", "18 октября 2021 г.")]
    [InlineData("not-a-language-at-all", "October 18, 2021")]
    public void A_date_is_written_as_readers_of_the_language_write_it(string language, string expected) =>
        Assert.Equal(expected, LongDate.Format(Evening, TimeZoneInfo.Utc, language).Replace('\u00a0', ' ').Replace('\u202f', ' '));

    [Fact]
    public void The_day_is_the_day_in_the_sites_zone() =>
        Assert.Equal("October 19, 2021", LongDate.Format(Evening, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), "en"));

    [Theory]
    [InlineData("ar-sa")]
    [InlineData("th")]
    [InlineData("fa")]
    public void The_year_is_the_common_one_whatever_the_calendar_of_the_country(string language) =>
        Assert.Contains("2021", new string([.. LongDate.Format(Evening, TimeZoneInfo.Utc, language).Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c)]), StringComparison.Ordinal);
}
