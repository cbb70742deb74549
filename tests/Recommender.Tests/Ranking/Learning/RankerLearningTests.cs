using System.Globalization;
using Recommender.Articles;
using Recommender.Models;
using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Ranking.Models;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Tests.Support;
using Recommender.Tests.Topics;

namespace Recommender.Tests.Ranking.Learning;

/// <summary>What a reindex learns from the links in a site's articles, from publishing to the lists.</summary>
public sealed class RankerLearningTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_ranker_is_adopted_where_it_does_better_and_removed_again_where_the_shipped_one_is_as_good()
    {
        // These editors link to short notes, which the shipped ranker thinks little of.
        var stories = Archive().ToList();
        await newsroom.ImportAsync(stories.Select(story => story with { Links = [.. NotesBefore(stories, story)] }));

        var run = await ReindexAsync();

        Assert.InRange(run.Figures["ranker.pages"], RankerLearning.FewestPages, stories.Count);
        Assert.Equal(1, run.Figures["ranker.adopted"]);
        Assert.True(run.Figures["ranker.ndcg@5.learned"] > run.Figures["ranker.ndcg@5.shipped"] + 0.1);
        Assert.Equal($"run {run.Id}", (await newsroom.Get<SiteRankers>().GetAsync(newsroom.Site)).Source);
        var list = await newsroom.ListAsync("harbour-60");
        Assert.Contains(list.Items, item => item.Explanation.Parts.SelectMany(part => part.Parts).Any(part => part.Detail == $"run {run.Id} weights"));
        Assert.All(list.Items, item => Pairs.AssertSums(item.Explanation));

        // From now on they link to what the shipped ranker would have chosen, so nothing can do better.
        foreach (var story in stories)
        {
            await newsroom.PublishAsync(story with { Links = [.. await ShippedChoiceAsync(story.Id!)] });
        }

        var next = await ReindexAsync();

        Assert.Equal((1, 0), (next.Figures["ranker.ndcg@5.shipped"], next.Figures["ranker.adopted"]));
        Assert.Same(ShippedModel.Instance, await newsroom.Get<SiteRankers>().GetAsync(newsroom.Site));
        Assert.Null(await newsroom.Get<ModelTable>().GetAsync(newsroom.Site, SiteRankers.ModelName));
    }

    [Fact]
    public async Task Too_few_judged_pages_teach_nothing()
    {
        var stories = Archive().ToList();
        await newsroom.ImportAsync(stories.Select((story, place) => place < 90 ? story with { Links = [.. NotesBefore(stories, story)] } : story));

        var run = await ReindexAsync();

        Assert.InRange(run.Figures["ranker.pages"], 1, RankerLearning.FewestPages - 1);
        Assert.DoesNotContain("ranker.adopted", run.Figures.Keys);
        Assert.Null(await newsroom.Get<ModelTable>().GetAsync(newsroom.Site, SiteRankers.ModelName));
    }

    [Fact]
    public async Task Links_to_what_is_nowhere_near_their_pages_teach_nothing_and_harm_nothing()
    {
        var stories = Archive().ToList();
        await newsroom.ImportAsync(stories.Select(story => story with { Links = ["https://gazette.example/colophon"] })
            .Append(Stories.Story("colophon", "Impressum", "Zzyx qwertz.", "2025-01-01T08:00:00Z") with { Language = "en" }));

        var run = await ReindexAsync();

        Assert.True(run.Figures["ranker.pages"] >= RankerLearning.FewestPages);
        Assert.Null(await newsroom.Get<ModelTable>().GetAsync(newsroom.Site, SiteRankers.ModelName));
    }

    // A story a day, each fifth of its topic a short note.
    private static IEnumerable<ArticleInput> Archive() => FiledStories.Archive(60).Select(story =>
    {
        var number = Number(story);
        return story with
        {
            Body = number % 5 == 0 ? string.Join(' ', story.Body!.Split(' ').Take(9)) : string.Join(' ', Enumerable.Repeat(story.Body, 4)),
            Published = new DateTime(2026, 1, 1).AddDays(number).ToString("s", CultureInfo.InvariantCulture),
            Language = "en",
        };
    });

    private static IEnumerable<string> NotesBefore(IEnumerable<ArticleInput> stories, ArticleInput page) => stories
        .Where(story => story.Topics![0] == page.Topics![0] && Number(story) % 5 == 0 && Number(story) < Number(page))
        .OrderByDescending(Number).Take(4).Select(story => story.Url!);

    private static int Number(ArticleInput story) => int.Parse(story.Id!.Split('-')[1], CultureInfo.InvariantCulture);

    private async Task<IEnumerable<string>> ShippedChoiceAsync(string id)
    {
        var list = (await newsroom.Get<NeighbourTable>().GetAsync(newsroom.Site, id))!;
        var known = list.Neighbours.Where(near => near.Published <= list.Page.Published).ToList();
        var table = FeatureTable.Of([.. known.Select(near => (near.Features, near.Published - list.Page.Published))]);
        return known.Index()
            .OrderByDescending(near => ShippedModel.Instance.LogOdds(table.Row(near.Index))).ThenBy(near => near.Item.Id, StringComparer.Ordinal)
            .Take(3).Select(near => $"https://gazette.example/{near.Item.Id}");
    }

    private async Task<Run> ReindexAsync()
    {
        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        Assert.Equal((RunState.Succeeded, ""), (run.State, string.Join("; ", run.Errors)));
        return run;
    }
}
