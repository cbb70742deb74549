using Recommender.Editorial;
using Recommender.Tables;
using Recommender.Tests.Support;

namespace Recommender.Tests.Editorial;

public sealed class AuditLogTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    private AuditLog Audit => newsroom.Get<AuditLog>();

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task The_log_is_read_page_by_page_over_months()
    {
        for (var day = 0; day < 90; day++)
        {
            await PutAsync($"story-{day}");
            newsroom.Time.Advance(TimeSpan.FromDays(1));
        }

        var read = new List<AuditEntry>();
        while (await Audit.ListAsync(newsroom.Site, read.LastOrDefault()?.Time, 7) is { Count: > 0 } page)
        {
            read.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(0, 90).Reverse().Select(day => $"story-{day}"), read.Select(entry => entry.After!.Target));
        Assert.Equal(90, read.Select(entry => entry.Id).Distinct().Count());
    }

    [Fact]
    public async Task An_entry_tells_what_was_and_what_is()
    {
        await PutAsync("story-1");
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await newsroom.Overrides.PutAsync(newsroom.Site, Rule("story-1") with { Factor = 0.5, Note = "Too long ago", Author = "Ben" }, OverrideCondition.None);

        var entry = (await Audit.ListAsync(newsroom.Site, null, 10))[0];

        Assert.Equal(("Ben", "put"), (entry.Author, entry.Action));
        Assert.Equal((2.0, 0.5, "Too long ago"), (((Boost)entry.Before!).Factor, ((Boost)entry.After!).Factor, entry.After.Note));
        Assert.Equal(newsroom.Time.GetUtcNow(), entry.Time);
    }

    [Fact]
    public async Task What_did_not_happen_is_not_in_it()
    {
        var first = await PutAsync("story-1");
        await Assert.ThrowsAsync<OverrideConflictException>(() => newsroom.Overrides.PutAsync(newsroom.Site, Rule("story-1"), OverrideCondition.Absent));
        await Assert.ThrowsAsync<OverrideConflictException>(() => newsroom.Overrides.PutAsync(newsroom.Site, Rule("story-2"), OverrideCondition.Match("*")));
        Assert.False(await newsroom.Overrides.DeleteAsync(newsroom.Site, OverrideScope.Site, "boost", "story-3", OverrideCondition.None, "Ana"));
        await Assert.ThrowsAsync<OverrideConflictException>(() =>
            newsroom.Overrides.DeleteAsync(newsroom.Site, OverrideScope.Site, "boost", "story-3", OverrideCondition.Match(first.ETag!), "Ana"));

        Assert.Single(await Audit.ListAsync(newsroom.Site, null, 10));
        Assert.Empty(await Audit.ListAsync(newsroom.Site with { Id = "other" }, null, 10));
    }

    [Fact]
    public async Task Who_sets_no_condition_is_never_in_conflict()
    {
        await PutAsync("story-1");
        var meddled = 0;
        await using var other = newsroom.OpenAnother(store => new MeddlingStore(store, TableNames.Overrides, async () =>
        {
            if (Interlocked.Increment(ref meddled) == 1)
            {
                await newsroom.Overrides.PutAsync(newsroom.Site, Rule("story-1") with { Factor = 3, Author = "Ben" }, OverrideCondition.None);
            }
        }));

        var written = await other.Overrides.PutAsync(newsroom.Site, Rule("story-1") with { Factor = 4, Author = "Cem" }, OverrideCondition.None);

        Assert.Equal(written, Assert.Single(await newsroom.Overrides.ListAsync(newsroom.Site, OverrideScope.Site)));
        Assert.Equal(["Cem: 3 > 4", "Ben: 2 > 3", "Ana:  > 2"], (await Audit.ListAsync(newsroom.Site, null, 10))
            .OrderByDescending(entry => ((Boost)entry.After!).Factor).Select(entry => $"{entry.Author}: {(entry.Before as Boost)?.Factor} > {((Boost)entry.After!).Factor}"));
    }

    [Theory]
    [InlineData("site", "site", "")]
    [InlineData("page:ferry-1", "page", "ferry-1")]
    [InlineData("topic:harbour", "topic", "harbour")]
    [InlineData("page:tag:gazette,2021:7", "page", "tag:gazette,2021:7")]
    public void A_scope_is_written_and_read(string text, string kind, string name)
    {
        var scope = OverrideScope.Parse(text);

        Assert.Equal((kind, name, text), (scope.Kind, scope.Name, scope.ToString()));
        Assert.Equal(scope, OverrideScope.Parse(kind, name));
    }

    [Theory]
    [InlineData("section:harbour")]
    [InlineData("")]
    public void Another_scope_is_refused(string text) => Assert.Throws<FormatException>(() => OverrideScope.Parse(text));

    private static Boost Rule(string target) => new() { Scope = OverrideScope.Site, Target = target, Factor = 2, Author = "Ana" };

    private Task<Override> PutAsync(string target) => newsroom.Overrides.PutAsync(newsroom.Site, Rule(target), OverrideCondition.None);
}
