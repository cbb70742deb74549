using System.Globalization;
using CsCheck;
using Recommender.Articles;

namespace Recommender.Tests.Articles;

public sealed class LenientDateTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("2021-10-18T14:05:00Z", "2021-10-18T14:05:00Z")]
    [InlineData("2021-10-18T14:05:00+02:00", "2021-10-18T12:05:00Z")]
    [InlineData("2021-10-18T14:05:00−0530", "2021-10-18T19:35:00Z")]
    [InlineData("2021-10-18T14:05:00.1234567Z", "2021-10-18T14:05:00.1234567Z")]
    [InlineData("2021-10-18 14:05", "2021-10-18T18:05:00Z")]
    [InlineData("20211018T140500Z", "2021-10-18T14:05:00Z")]
    [InlineData("2021-10-18", "2021-10-18T04:00:00Z")]
    [InlineData("2021-01-18", "2021-01-18T05:00:00Z")]
    [InlineData("2021/10/8", "2021-10-08T04:00:00Z")]
    [InlineData("2021-10-18T24:00:00Z", "2021-10-19T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z")]
    [InlineData("1634565900", "2021-10-18T14:05:00Z")]
    [InlineData("1634565900123", "2021-10-18T14:05:00.123Z")]
    [InlineData("Mon, 18 Oct 2021 14:05:00 GMT", "2021-10-18T14:05:00Z")]
    [InlineData("18 Oct 21 14:05 EDT", "2021-10-18T18:05:00Z")]
    [InlineData("October 18, 2021", "2021-10-18T04:00:00Z")]
    [InlineData("Oct. 18, 2021, 3:04 p.m. EDT", "2021-10-18T19:04:00Z")]
    [InlineData("October 18, 2021 at 12:04 am", "2021-10-18T04:04:00Z")]
    [InlineData("Monday, October 18th, 2021", "2021-10-18T04:00:00Z")]
    [InlineData("18 de octubre de 2021", "2021-10-18T04:00:00Z")]
    [InlineData("18 octobre 2021 à 14:05", "2021-10-18T18:05:00Z")]
    [InlineData("1er août 2021", "2021-08-01T04:00:00Z")]
    [InlineData("18. Oktober 2021", "2021-10-18T04:00:00Z")]
    [InlineData("18 ottobre 2021", "2021-10-18T04:00:00Z")]
    [InlineData("18 октября 2021", "2021-10-18T04:00:00Z")]
    [InlineData("18. lokakuuta 2021", "2021-10-18T04:00:00Z")]
    [InlineData("٢٠٢١-١٠-١٨T١٤:٠٥:٠٠Z", "2021-10-18T14:05:00Z")]
    public void Dates_are_read_as_publishers_write_them(string text, string instant)
    {
        Assert.True(LenientDate.TryParse(text, NewYork, out var read), text);
        Assert.Equal((Instant(instant), TimeSpan.Zero), (read, read.Offset));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2021-02-29")]
    [InlineData("2021-13-01")]
    [InlineData("2021-10-00")]
    [InlineData("2021-10-18T25:00:00Z")]
    [InlineData("2021-10-18T24:01:00Z")]
    [InlineData("2021-10-18T14:60:00Z")]
    [InlineData("2021-10-18T14:05:00+15:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("31 Brumaire 2021")]
    [InlineData("0000000000000000000000")]
    [InlineData("٩٩٩٩٩٩٩٩٩٩٩٩٩")]
    public void What_is_no_date_is_refused(string? text) => Assert.False(LenientDate.TryParse(text, NewYork, out _));

    [Fact]
    public void An_hour_that_the_clock_skips_is_moved_forward_and_one_that_comes_twice_is_the_earlier()
    {
        Assert.True(LenientDate.TryParse("2021-03-14 02:30", NewYork, out var skipped));
        Assert.True(LenientDate.TryParse("2021-11-07 01:30", NewYork, out var twice));

        Assert.Equal(Instant("2021-03-14T07:30:00Z"), skipped);
        Assert.Equal(Instant("2021-11-07T05:30:00Z"), twice);
    }

    [Fact]
    public void Any_instant_comes_back_from_its_round_trip_form() =>
        Gen.Select(Gen.DateTime[new DateTime(1701, 1, 1), new DateTime(2199, 12, 31)], Gen.Int[-14 * 60, 14 * 60]).Sample((local, minutes) =>
        {
            var instant = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.FromMinutes(minutes));
            return LenientDate.TryParse(instant.ToString("O", CultureInfo.InvariantCulture), NewYork, out var read) && read == instant;
        });

    [Fact]
    public void Nothing_throws() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789-/:T+.Z ٣"], 0, 30], Gen.String[Gen.Char["0123456789-:, OctMayaugstp.m"], 0, 40]).Sample(text =>
        {
            _ = LenientDate.TryParse(text, NewYork, out var instant) && instant.Year is >= 1699 and <= 2201 ? true : instant == default;
        }, iter: 20_000);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
