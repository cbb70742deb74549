using System.Text;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Tests.Support;

namespace Recommender.Tests.Topics;

public sealed class TopicFilingTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(FiledStories.Archive(30).Append(FiledStories.Of("Harbour", 500)));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_reindex_files_what_nobody_filed_and_says_how_well()
    {
        Assert.DoesNotContain("harbour-500", await UnderAsync("harbour"));

        var run = await ReindexAsync();

        Assert.Equal((90, 3, 1), (run.Figures["topics.filed"], run.Figures["topics.known"], run.Figures["topics.assigned"]));
        Assert.InRange(run.Figures["topics.macro-f1"], 0.8, 1);
        Assert.Equal(run.Figures, (await newsroom.Reindexer.GetAsync(newsroom.Site, run.Id))!.Figures);
        Assert.Contains("harbour-500", await UnderAsync("harbour"));
        var article = (await newsroom.Publisher.GetAsync(newsroom.Site, "harbour-500"))!;
        Assert.Equal(("", "Harbour"), (Names(article.Topics), Names(article.AssignedTopics)));
        Assert.Equal(["harbour"], (await newsroom.Get<Timeline>().CardAsync(newsroom.Site, article.Id, article.Published))!.Topics);
    }

    [Fact]
    public async Task An_article_without_topics_is_filed_when_it_is_published()
    {
        await ReindexAsync();

        await newsroom.PublishAsync(FiledStories.Of("Schools", 501));
        await newsroom.ImportAsync(FiledStories.Of("Countryside", 502));

        Assert.Contains("schools-501", await UnderAsync("schools"));
        Assert.Contains("countryside-502", await UnderAsync("countryside"));
        await using var other = newsroom.OpenAnother();
        await other.PublishAsync(FiledStories.Of("Harbour", 503));
        Assert.Contains("harbour-503", await UnderAsync("harbour"));
    }

    [Fact]
    public async Task Topics_of_the_publisher_replace_those_assigned_and_the_same_article_again_is_unchanged()
    {
        await ReindexAsync();
        Assert.Equal(PublishOutcome.Unchanged, (await newsroom.Publisher.PublishAsync(newsroom.Site, FiledStories.Of("Harbour", 500))).Outcome);
        Assert.Contains("harbour-500", await UnderAsync("harbour"));

        Assert.Equal(PublishOutcome.Updated, (await newsroom.Publisher.PublishAsync(newsroom.Site, FiledStories.Of("Harbour", 500, "Old Town"))).Outcome);

        Assert.DoesNotContain("harbour-500", await UnderAsync("harbour"));
        Assert.Contains("harbour-500", await UnderAsync("old-town"));
        Assert.Empty((await newsroom.Publisher.GetAsync(newsroom.Site, "harbour-500"))!.AssignedTopics);
    }

    [Fact]
    public async Task What_is_exported_tells_assigned_topics_from_given_ones_and_they_do_not_come_back_as_given()
    {
        await ReindexAsync();
        using var lines = new MemoryStream();
        await ArticleLines.WriteAsync(lines, (await newsroom.Publisher.GetAsync(newsroom.Site, "harbour-500"))!);

        var line = Encoding.UTF8.GetString(lines.ToArray());
        Assert.Contains("\"assignedTopics\":[\"Harbour\"]", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\"topics\"", line, StringComparison.Ordinal);
        Assert.Equal(PublishOutcome.Unchanged, (await newsroom.Publisher.PublishAsync(newsroom.Site, ArticleLines.Parse(lines.ToArray()))).Outcome);

        // Another store, which has learned nothing yet, gives out the same.
        await using var elsewhere = await Newsroom.OpenAsync();
        await elsewhere.ImportAsync(ArticleLines.Parse(lines.ToArray()));
        using var again = new MemoryStream();
        await ArticleLines.WriteAsync(again, (await elsewhere.Publisher.GetAsync(elsewhere.Site, "harbour-500"))!);
        Assert.Equal(line, Encoding.UTF8.GetString(again.ToArray()));
    }

    [Fact]
    public async Task A_site_that_does_not_want_it_has_nothing_assigned_any_more()
    {
        await ReindexAsync();
        newsroom.Site = newsroom.Site with { ClassifyTopics = false };
        await newsroom.PublishAsync(FiledStories.Of("Schools", 501));
        Assert.DoesNotContain("schools-501", await UnderAsync("schools"));

        var run = await ReindexAsync();

        Assert.Equal((0, 0), (run.Figures["topics.known"], run.Figures["topics.assigned"]));
        Assert.DoesNotContain("harbour-500", await UnderAsync("harbour"));
    }

    [Fact]
    public async Task A_site_with_too_few_filed_articles_is_left_as_it_is()
    {
        await using var small = await Newsroom.OpenAsync();
        await small.ImportAsync(FiledStories.Archive(5).Append(FiledStories.Of("Harbour", 500)));

        var run = await small.Reindexer.ExecuteAsync(small.Site, (await small.Reindexer.StartAsync(small.Site)).Id);

        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal(["ranker.pages", "similarity.chance", "topics.assigned", "topics.filed", "topics.known"], run.Figures.Keys);
        Assert.Equal((15, 0), (run.Figures["topics.filed"], run.Figures["topics.known"]));
    }

    [Fact]
    public async Task A_process_that_dies_while_it_files_leaves_every_timeline_in_agreement_with_its_articles()
    {
        // Before it files, a run writes nothing to these tables but terms, which the first run settles.
        newsroom.Site = newsroom.Site with { ClassifyTopics = false };
        await ReindexAsync();
        newsroom.Site = newsroom.Site with { ClassifyTopics = true };
        for (var writes = 0; writes < 150; writes++)
        {
            newsroom.Time.Advance(LeaseTable.Term);
            var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
            await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes));
            await Record.ExceptionAsync(() => dying.Reindexer.ExecuteAsync(newsroom.Site, run.Id));
            await using var survivor = newsroom.OpenAnother();
            await survivor.Publisher.RecoverAsync(newsroom.Site);

            var isAssigned = (await survivor.Publisher.GetAsync(newsroom.Site, "harbour-500"))!.AssignedTopics.Count > 0;
            var timeline = await survivor.Get<Timeline>().LatestAsync(newsroom.Site, "harbour", until: null, 100);
            Assert.True(isAssigned == timeline.Any(card => card.Id == "harbour-500"), $"Killed after {writes} writes.");
            if (isAssigned)
            {
                return;
            }
        }

        Assert.Fail("It was never filed.");
    }

    private async Task<Run> ReindexAsync()
    {
        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        Assert.Empty(run.Errors);
        return run;
    }

    private async Task<IReadOnlyList<string>> UnderAsync(string topic) =>
        [.. (await newsroom.Lists.LatestAsync(newsroom.Site, topic, ListRequest.MaxCount)).Items.Select(item => item.Card.Id), .. (await newsroom.Get<Timeline>().LatestAsync(newsroom.Site, topic, until: null, 100)).Select(card => card.Id)];

    private static string Names(IReadOnlyList<Topic> topics) => string.Join(", ", topics.Select(topic => topic.Name));
}
