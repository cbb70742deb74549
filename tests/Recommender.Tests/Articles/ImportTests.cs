using System.Threading.Channels;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Articles;

public sealed class ImportTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_slow_sender_has_its_answer_before_it_sends_the_next_line()
    {
        var lines = Channel.CreateUnbounded<ArticleInput>();
        await using var results = newsroom.Publisher.ImportAsync(newsroom.Site, lines.Reader.ReadAllAsync()).GetAsyncEnumerator();
        foreach (var part in new[] { 1, 2, 3 })
        {
            await lines.Writer.WriteAsync(Ferry(part));
            var next = results.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                newsroom.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.WhenAny(next, Task.Delay(5));
            }

            Assert.True(await next);
            Assert.Equal($"ferry-{part}", results.Current.Id);
            Assert.NotNull(await newsroom.Publisher.GetAsync(newsroom.Site, $"ferry-{part}"));
        }

        lines.Writer.Complete();
        Assert.False(await results.MoveNextAsync());
        Assert.Contains((await newsroom.ListAsync("ferry-1")).Items, item => item.Reason == Reason.Similar);
    }

    [Fact]
    public async Task An_archive_whose_lists_are_left_to_the_reindex_ends_as_any_other()
    {
        await using var other = await Newsroom.OpenAsync();
        ArticleInput[] archive = [.. Enumerable.Range(1, 12).SelectMany(part => new[] { Ferry(part), Orchard(part) })];
        await other.ImportAsync(archive);
        var results = await newsroom.Publisher.ImportForReindexAsync(newsroom.Site, archive.ToAsyncEnumerable()).ToListAsync();
        Assert.All(results, result => Assert.Equal(PublishOutcome.Created, result.Outcome));
        Assert.DoesNotContain((await newsroom.ListAsync("ferry-1")).Items, item => item.Reason == Reason.Similar);

        foreach (var place in new[] { newsroom, other })
        {
            await place.Reindexer.ExecuteAsync(place.Site, (await place.Reindexer.StartAsync(place.Site)).Id);
        }

        foreach (var id in archive.Select(input => input.Id!))
        {
            var list = await newsroom.ListAsync(id);
            Assert.Equivalent(await other.ListAsync(id), list, strict: true);
            Assert.Contains(list.Items, item => item.Reason == Reason.Similar);
        }
    }

    [Fact]
    public async Task What_came_before_a_broken_connection_is_written_answered_and_listed_by_the_sweep()
    {
        static async IAsyncEnumerable<ArticleInput> Lines()
        {
            yield return Ferry(1);
            yield return Ferry(2);
            await Task.Yield();
            throw new IOException("The connection broke.");
        }

        var answered = new List<string>();
        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var result in newsroom.Publisher.ImportAsync(newsroom.Site, Lines()))
            {
                answered.Add(result.Id!);
            }
        });

        Assert.IsType<IOException>(failure);
        Assert.Equal(["ferry-1", "ferry-2"], answered);
        await newsroom.Publisher.RecoverAsync(newsroom.Site);
        Assert.Contains((await newsroom.ListAsync("ferry-1")).Items, item => item.Reason == Reason.Similar);
    }

    [Fact]
    public async Task More_lines_than_fit_in_one_chunk_are_answered_in_order()
    {
        var inputs = Enumerable.Range(0, 700).Select(i => i % 100 == 7
            ? Story($"s{i}", "")
            : Story($"s{i}", $"Notice {i} of the parish", $"The parish of number {i % 50} tells of the well of number {i % 20}.")).ToList();

        var results = await newsroom.ImportAsync(inputs);

        Assert.Equal(inputs.Select(input => input.Id), results.Select(result => result.Id));
        Assert.Equal(7, results.Count(result => result.Outcome == PublishOutcome.Invalid));
        Assert.All((await newsroom.ImportAsync(inputs)).Where(result => result.Outcome != PublishOutcome.Invalid), result => Assert.Equal(PublishOutcome.Unchanged, result.Outcome));
        Assert.Equal(693, await newsroom.Publisher.AllAsync(newsroom.Site).CountAsync());
        Assert.Contains((await newsroom.ListAsync("s0")).Items, item => item.Reason == Reason.Similar);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_ends_the_import()
    {
        var sent = 0;
        async IAsyncEnumerable<ArticleInput> Lines([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            while (true)
            {
                await Task.Delay(1, cancellation);
                yield return Story($"s{sent}", $"Notice {sent++}");
            }
        }

        await foreach (var result in newsroom.Publisher.ImportAsync(newsroom.Site, Lines()))
        {
            Assert.Equal(PublishOutcome.Created, result.Outcome);
            break;
        }

        var before = sent;
        await Task.Delay(20);
        Assert.Equal(before, sent);
        Assert.Equal(PublishOutcome.Unchanged, (await newsroom.Publisher.PublishAsync(newsroom.Site, Story("s0", "Notice 0"))).Outcome);
    }

    [Fact]
    public async Task Topics_are_listed_with_the_names_that_readers_see()
    {
        await newsroom.ImportAsync(Ferry(1), Orchard(1) with { Topics = ["Côte d’Or"] });

        Assert.Equal([new Topic("cote-dor", "Côte d’Or"), new Topic("harbour", "Harbour")], await newsroom.Get<Timeline>().TopicsAsync(newsroom.Site));
    }

    [Fact]
    public async Task An_article_in_a_script_without_spaces_is_published_and_found_similar()
    {
        await newsroom.ImportAsync(
            Story("zh-1", "港口工人投票决定罢工", "港口工会要求增加夜班船员。", topics: "港口") with { Language = "zh-CN" },
            Story("zh-2", "港口工会与调解人会面", "港口工人希望增加夜班船员。", topics: "港口") with { Language = "zh" });

        var item = Assert.Single((await newsroom.ListAsync("zh-1")).Items);
        Assert.Equal(("zh-2", Reason.Similar), (item.Card.Id, item.Reason));
    }
}
