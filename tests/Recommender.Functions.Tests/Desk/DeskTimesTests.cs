using Recommender.Functions.Desk;

namespace Recommender.Functions.Tests.Desk;

public sealed class DeskTimesTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-20T08:02:00Z", "09:02", "58 min ago")]
    [InlineData("2026-11-20T23:30:00Z", "tomorrow 00:30", "in 15 h")]
    [InlineData("2026-11-18T23:30:00Z", "yesterday 00:30", "34 h ago")]
    [InlineData("2026-06-01T12:00:00Z", "1 Jun 14:00", "6 months ago")]
    [InlineData("2021-10-18T12:00:00Z", "18 Oct 2021 14:00", "5 years ago")]
    [InlineData("2026-11-20T09:00:20Z", "10:00", "now")]
    public void An_instant_is_told_by_the_site_s_clock_and_how_far_off(string instant, string absolute, string relative)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((absolute, relative), (DeskTimes.Absolute(at, Paris, Now), DeskTimes.Relative(at, Now)));
    }

    [Fact]
    public void In_full_it_has_the_offset_of_that_day() =>
        Assert.Equal("Monday 1 June 2026, 14:00:00 (UTC+02:00)", DeskTimes.Full(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), Paris));
}
