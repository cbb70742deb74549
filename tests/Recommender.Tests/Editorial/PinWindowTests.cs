using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial;

public sealed class PinWindowTests : IAsyncLifetime
{
    private static readonly OverrideScope Page = OverrideScope.Page("ferry-1");
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_slot_can_have_one_pin_after_another()
    {
        await PutAsync(new Pin { Scope = Page, Target = "orchard-1", Slot = 1, Until = At(10) });
        await PutAsync(new Pin { Scope = Page, Target = "orchard-2", Slot = 1, Turn = "next", From = At(10), Until = At(11) });

        Assert.Equal(["orchard-1", "orchard-2"], (await newsroom.Overrides.ListAsync(newsroom.Site, Page)).Select(rule => rule.Target));
        Assert.Equal("orchard-1", await FirstAsync(9));
        Assert.Equal("orchard-2", await FirstAsync(10));
        Assert.StartsWith("ferry", await FirstAsync(11), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_in_one_slot_the_one_that_began_last_has_it_and_gives_it_back()
    {
        await PutAsync(new Pin { Scope = Page, Target = "orchard-1", Slot = 1 });
        await PutAsync(new Pin { Scope = Page, Target = "orchard-2", Slot = 1, Turn = "special", From = At(10), Until = At(11) });

        Assert.Equal("orchard-1", await FirstAsync(9));
        Assert.Equal("orchard-2", await FirstAsync(10));
        Assert.Equal("orchard-1", await FirstAsync(11));
    }

    [Fact]
    public async Task Of_two_that_began_at_once_the_one_written_last_has_the_slot()
    {
        await PutAsync(new Pin { Scope = Page, Target = "orchard-2", Slot = 1, Turn = "b" });
        newsroom.Time.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(new Pin { Scope = Page, Target = "orchard-1", Slot = 1, Turn = "a" });
        Assert.Equal("orchard-1", await FirstAsync(10));

        newsroom.Time.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(new Pin { Scope = Page, Target = "orchard-2", Slot = 1, Turn = "b" });
        Assert.Equal("orchard-2", await FirstAsync(11));
    }

    [Fact]
    public async Task The_narrower_scope_has_the_slot_however_late_the_wider_began()
    {
        await PutAsync(new Pin { Scope = Page, Target = "orchard-1", Slot = 1 });
        await PutAsync(new Pin { Scope = OverrideScope.Site, Target = "orchard-2", Slot = 1, From = At(10) });

        Assert.Equal("orchard-1", await FirstAsync(11));
    }

    [Fact]
    public async Task A_pin_whose_story_cannot_be_shown_leaves_the_slot_to_the_next()
    {
        await PutAsync(new Pin { Scope = Page, Target = "orchard-1", Slot = 1 });
        await PutAsync(new Pin { Scope = Page, Target = "orchard-2", Slot = 1, Turn = "special", From = At(9) });
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "orchard-2");

        Assert.Equal("orchard-1", await FirstAsync(10));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T01:30", "2026-03-29T03:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T01:30", "2026-10-25T03:30", "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z")]
    [InlineData("America/New_York", "2026-11-01T00:30", "2026-11-01T02:30", "2026-11-01T04:30:00Z", "2026-11-01T07:30:00Z")]
    public async Task A_window_opens_and_closes_at_its_minutes_in_the_sites_zone_across_a_clock_change(string zone, string from, string until, string opens, string closes)
    {
        newsroom.Site = newsroom.Site with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
        await newsroom.ImportAsync(Ferry(1) with { Published = "2026-01-02T08:00:00Z" }, Ferry(2) with { Published = "2026-01-03T08:00:00Z" }, Orchard(1) with { Published = "2026-01-01T08:00:00Z" });
        await PutAsync(new Pin { Scope = Page, Target = "orchard-1", Slot = 1, From = LocalTime.Read(from, newsroom.Site.TimeZone).Instant, Until = LocalTime.Read(until, newsroom.Site.TimeZone).Instant });
        var (opening, closing) = (Parse(opens), Parse(closes));

        Assert.False(await IsPinnedAsync(opening.AddSeconds(-1)));
        Assert.True(await IsPinnedAsync(opening));
        Assert.True(await IsPinnedAsync(closing.AddSeconds(-1)));
        Assert.False(await IsPinnedAsync(closing));
    }

    private static DateTimeOffset At(int hour) => new(2026, 11, 20, hour, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<Override> PutAsync(Override rule) => newsroom.Overrides.PutAsync(newsroom.Site, rule with { Author = "Ana" }, OverrideCondition.None);

    private async Task<bool> IsPinnedAsync(DateTimeOffset at) =>
        (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-1", At = at })).Items is [{ Reason: Reason.Pinned, Card.Id: "orchard-1" }, ..];

    private async Task<string> FirstAsync(int hour) =>
        (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-1", At = At(hour) })).Items[0].Card.Id;
}
