using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Review;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial.Review;

public sealed class DryRunTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task An_operation_for_the_page_alone_reaches_no_other()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));

        Assert.Equal(DryRunResult.None, await RunAsync(new Block { Scope = OverrideScope.Page("ferry-1"), Target = "ferry-2" }));
    }

    [Fact]
    public async Task It_tells_exactly_the_pages_whose_lists_a_publication_then_changes()
    {
        newsroom.Site = newsroom.Site with { Count = 2 };
        await newsroom.ImportAsync([.. Enumerable.Range(1, 12).Select(Ferry), .. Enumerable.Range(1, 6).Select(Orchard)]);
        Override[] rules =
        [
            new Block { Scope = OverrideScope.Site, Target = "ferry-3" }, new Block { Scope = OverrideScope.Topic("harbour"), Target = "orchard-1" }, new Boost { Scope = OverrideScope.Site, Target = "orchard-2", Factor = 8 },
            new Boost { Scope = OverrideScope.Topic("harbour"), Target = "ferry-4", Factor = 0 }, new Pin { Scope = OverrideScope.Topic("countryside"), Target = "ferry-1", Slot = 1 },
        ];
        foreach (var rule in rules)
        {
            var before = await ListsAsync();
            var foretold = await RunAsync(rule);
            Assert.True(foretold.IsExact);

            await newsroom.Overrides.PutAsync(newsroom.Site, rule, OverrideCondition.None);
            var after = await ListsAsync();
            var changed = before.Where(list => list.Key != "ferry-1" && after[list.Key] != list.Value).Select(list => list.Key).ToList();
            Assert.Equal((rule.Kind, changed.Count), (rule.Kind, foretold.Changed));
            Assert.Subset(changed.ToHashSet(), foretold.Examples.Select(example => example.Page).ToHashSet());
            await newsroom.Overrides.DeleteAsync(newsroom.Site, rule.Scope, rule.Kind, rule.Key, OverrideCondition.None, "Ana");
        }
    }

    [Fact]
    public async Task Without_time_it_says_how_many_it_did_not_look_at()
    {
        await newsroom.ImportAsync(Enumerable.Range(1, 12).Select(Ferry));

        var result = await newsroom.Get<DryRun>().RunAsync(newsroom.Site, "ferry-1", [Operation.Put(new Block { Scope = OverrideScope.Site, Target = "ferry-3" })], TimeSpan.FromTicks(-1));

        Assert.False(result.IsExact);
        Assert.Equal((10, 0, 0), (result.Candidates, result.Looked, result.Changed));
    }

    private async Task<Dictionary<string, string>> ListsAsync()
    {
        var lists = new Dictionary<string, string>();
        await foreach (var article in newsroom.Publisher.AllAsync(newsroom.Site))
        {
            lists[article.Id] = string.Join(' ', (await newsroom.ListAsync(article.Id)).Items.Select(item => item.Card.Id));
        }

        return lists;
    }

    private Task<DryRunResult> RunAsync(Override rule) => newsroom.Get<DryRun>().RunAsync(newsroom.Site, "ferry-1", [Operation.Put(rule)]);
}
