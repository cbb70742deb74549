using Recommender.Editorial;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial;

public sealed class AgendaTests
{
    [Fact]
    public async Task It_tells_what_begins_what_ends_and_what_was_forgotten_on_all_pages()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1));
        var now = Newsroom.Start;
        await PutAsync(new Pin { Scope = OverrideScope.Page("ferry-1"), Target = "ferry-2", Slot = 1 });
        newsroom.Time.Advance(TimeSpan.FromDays(31));
        now = newsroom.Time.GetUtcNow();
        await PutAsync(new Pin { Scope = OverrideScope.Page("ferry-2"), Target = "ferry-3", Slot = 1, From = now.AddHours(3), Until = now.AddDays(3) });
        await PutAsync(new Block { Scope = OverrideScope.Topic("harbour"), Target = "ferry-3", Until = now.AddHours(23) });
        await PutAsync(new Block { Scope = OverrideScope.Site, Target = "ferry-1", Until = now.AddHours(25) });
        await PutAsync(new Pin { Scope = OverrideScope.Site, Target = "orchard-1", Slot = 2, Until = now.AddDays(2) });
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "orchard-1");

        var agenda = await newsroom.Get<Agenda>().ReadAsync(newsroom.Site);

        Assert.Equal("page:ferry-2", Assert.Single(agenda.Starting).Scope.ToString());
        Assert.Equal("topic:harbour", Assert.Single(agenda.Expiring).Scope.ToString());
        Assert.Equal("orchard-1", Assert.Single(agenda.Dead).Target);
        Assert.Equal("ferry-2", Assert.Single(agenda.Stale).Target);
        Assert.Equal("ferry-2", Assert.Single(agenda.Endless).Target);
        Assert.Equal(5, agenda.Rules.Count);

        newsroom.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("ferry-3", Assert.Single((await newsroom.Get<Agenda>().ReadAsync(newsroom.Site)).Ended).Target);

        Task PutAsync(Override rule) => newsroom.Overrides.PutAsync(newsroom.Site, rule, OverrideCondition.None);
    }
}
