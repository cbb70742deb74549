using Recommender.Editorial;

namespace Recommender.Tests.Editorial;

public sealed class LocalTimeTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-03-29T01:59", "2026-03-29T01:59:00+01:00")]
    [InlineData("2026-03-29T03:30", "2026-03-29T03:30:00+02:00")]
    [InlineData("2026-10-25 03:00", "2026-10-25T03:00:00+01:00")]
    [InlineData(" 2026-07-01T12:00:30 ", "2026-07-01T12:00:30+02:00")]
    [InlineData("2026-10-25T02:30+02:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00")]
    public void A_local_time_is_meant_in_the_zone_with_the_offset_of_that_day(string text, string expected)
    {
        var time = LocalTime.Read(text, Zone);

        Assert.Null(time.Problem);
        Assert.Equal(expected, time.Instant!.Value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_time_that_clocks_skip_is_refused_and_the_next_one_told()
    {
        var time = LocalTime.Read("2026-03-29T02:30", Zone);

        Assert.Null(time.Instant);
        Assert.Empty(time.Choices);
        Assert.Equal("02:30 does not exist on that day: clocks go forward to 03:30 +02:00. Choose another time.", time.Problem);
    }

    [Fact]
    public void A_time_that_comes_twice_is_asked_for_with_both_offsets_the_earlier_first()
    {
        var time = LocalTime.Read("2026-10-25T02:30", Zone);

        Assert.Null(time.Instant);
        Assert.Equal(["2026-10-25T02:30:00.0000000+02:00", "2026-10-25T02:30:00.0000000+01:00"], time.Choices.Select(choice => choice.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("02:30 comes twice on that day, as clocks go back: say whether +02:00 or +01:00.", time.Problem);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2026-13-01T10:00")]
    [InlineData("2026-02-30T10:00")]
    [InlineData("2026-02-03T25:00")]
    public void What_is_no_time_is_refused(string text) => Assert.True(LocalTime.Read(text, Zone) is { Instant: null, Problem.Length: > 0 });

    [Theory]
    [InlineData("2026-03-29T01:30:00Z", "2026-03-28T22:10:00Z", "Sun 29 Mar 2026 03:30 +02:00, 01:30 UTC, in 3 h")]
    [InlineData("2026-11-20T23:30:00Z", "2026-11-20T23:45:00Z", "Sat 21 Nov 2026 00:30 +01:00, Fri 23:30 UTC, 15 min ago")]
    [InlineData("2026-11-20T12:00:00Z", "2026-11-20T12:00:30Z", "Fri 20 Nov 2026 13:00 +01:00, 12:00 UTC, now")]
    public void The_echo_tells_zone_offset_utc_and_distance(string instant, string now, string expected) => Assert.Equal(
        expected,
        LocalTime.Echo(Parse(instant), Zone, Parse(now)));

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-20T22:30:00Z", "2026-11-20T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-11-20T23:30:00Z", "2026-11-21T23:00:00Z")]
    [InlineData("Asia/Beirut", "2026-03-28T20:00:00Z", "2026-03-28T22:00:00Z")]
    public void Tonight_ends_with_the_day_even_where_there_is_no_midnight(string zone, string now, string expected) =>
        Assert.Equal(Parse(expected), LocalTime.Tonight(Parse(now), TimeZoneInfo.FindSystemTimeZoneById(zone)).ToUniversalTime());

    [Fact]
    public void A_field_shows_what_is_read_from_it()
    {
        var instant = Parse("2026-06-05T04:03:00Z");
        Assert.Equal(instant, LocalTime.Read(LocalTime.Field(instant, Zone), Zone).Instant);
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
