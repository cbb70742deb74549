using Recommender.Articles;
using Recommender.Embeddings;
using Recommender.Models;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Embeddings;

/// <summary>Articles that are placed by a model's embeddings, from publication over a reindex to the list.</summary>
public sealed class EmbeddedArticlesTests : IAsyncLifetime
{
    private const int Parts = 12;
    private readonly FakeModel model = new();
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync(model.Add());

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task Nothing_is_embedded_before_the_first_reindex_and_everything_once_by_it()
    {
        await ImportAsync();
        Assert.Empty(model.Texts);

        var run = await ReindexAsync(newsroom);

        Assert.Equal(2 * Parts, model.Texts.Count);
        Assert.Equal(2 * Parts, model.Texts.Distinct().Count());
        Assert.Empty(run.Errors);
        Assert.Equal((2 * Parts, 0, 0), Counts(run));
        Assert.Equal((256, Parts, 2 * Parts), (run.Figures["embeddings.dimensions"], run.Figures["embeddings.rank"], run.Figures["embeddings.sampled"]));
        Assert.InRange(run.Figures["embeddings.share"], 0.5, 1);
        foreach (var story in Archive())
        {
            Assert.Equal(LatentSource.Embeddings, (await StoredAsync(story.Id!)).Latent!.Source);
        }
    }

    [Fact]
    public async Task A_reindex_embeds_only_texts_that_changed()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        model.Texts.Clear();

        var idle = await ReindexAsync(newsroom);
        await newsroom.PublishAsync(Ferry(3) with { Image = new ArticleImage("https://gazette.example/ferry.jpg") });

        Assert.Equal((0, 2 * Parts, 0), Counts(idle));
        Assert.Empty(model.Texts);

        await newsroom.PublishAsync(Ferry(3) with { Title = "Harbour board and union shake hands" });
        Assert.StartsWith("Harbour board and union shake hands\n\n", Assert.Single(model.Texts), StringComparison.Ordinal);
        Assert.Equal((0, 2 * Parts, 0), Counts(await ReindexAsync(newsroom)));
    }

    [Fact]
    public async Task Articles_in_other_words_are_near_when_the_model_knows_that_they_mean_the_same()
    {
        await ImportAsync();
        await newsroom.ImportAsync(
            Story("pipe", "Kerosene at the airfield", "A kerosene leak at the airfield. Kerosene, kerosene, kerosene."),
            Story("tank", "Paraffin at the aerodrome", "A paraffin leak at the aerodrome. Paraffin, paraffin, paraffin."));
        await ReindexAsync(newsroom);

        var near = LatentVector.Cosine((await StoredAsync("pipe")).Latent, (await StoredAsync("tank")).Latent);
        var far = LatentVector.Cosine((await StoredAsync("pipe")).Latent, (await StoredAsync("ferry-1")).Latent);

        Assert.InRange(near!.Value, 0.9, 1);
        Assert.InRange(far!.Value, 0, 0.5);
    }

    [Fact]
    public async Task An_article_is_published_without_a_vector_while_the_model_fails_and_gets_it_by_the_next_reindex()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        model.Fails = _ => true;
        var before = model.Requests;

        await newsroom.PublishAsync(Ferry(20));
        await newsroom.PublishAsync(Ferry(21));

        Assert.Null((await StoredAsync("ferry-20")).Latent);
        Assert.NotEqual(ListState.Empty, (await newsroom.ListAsync("ferry-20")).State);
        Assert.Equal(1, model.Requests - before);

        newsroom.Time.Advance(TimeSpan.FromMinutes(2));
        await newsroom.PublishAsync(Ferry(22));
        Assert.Equal(2, model.Requests - before);

        model.Fails = _ => false;
        Assert.Equal((3, 2 * Parts, 0), Counts(await ReindexAsync(newsroom)));
        Assert.NotNull((await StoredAsync("ferry-20")).Latent);
        await newsroom.PublishAsync(Ferry(23));
        Assert.NotNull((await StoredAsync("ferry-23")).Latent);
    }

    [Fact]
    public async Task A_publication_does_not_wait_longer_than_configured_for_a_model_that_hangs()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        model.Hangs = true;

        var publishing = newsroom.PublishAsync(Ferry(20));
        while (!publishing.IsCompleted)
        {
            await Task.Delay(10);
            newsroom.Time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal("ferry-20", await publishing);
        Assert.Null((await StoredAsync("ferry-20")).Latent);
        Assert.InRange((newsroom.Time.GetUtcNow() - Newsroom.Start).TotalSeconds, 3, 60);
    }

    [Fact]
    public async Task With_another_model_everything_is_embedded_anew_and_old_and_new_vectors_are_not_compared()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        var before = (await StoredAsync("ferry-1")).Latent;
        var other = new FakeModel("other", 64);
        await using var restarted = newsroom.OpenAnother(add: other.Add());

        await restarted.PublishAsync(Ferry(20));
        Assert.Empty(other.Texts);
        var run = await ReindexAsync(restarted);

        Assert.Equal(((2 * Parts) + 1, 0, 0), Counts(run));
        Assert.Equal(64, run.Figures["embeddings.dimensions"]);
        Assert.Null(LatentVector.Cosine(before, (await StoredAsync("ferry-1")).Latent));
        Assert.NotNull(LatentVector.Cosine((await StoredAsync("ferry-20")).Latent, (await StoredAsync("ferry-1")).Latent));
    }

    [Fact]
    public async Task Another_revision_has_everything_embedded_anew()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        await using var restarted = newsroom.OpenAnother(add: model.Add(options => options.Revision = "2"));

        Assert.Equal((2 * Parts, 0, 0), Counts(await ReindexAsync(restarted)));
    }

    [Fact]
    public async Task Without_a_model_any_more_articles_are_placed_by_their_words_again()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        await using var without = newsroom.OpenAnother(add: _ => { });

        var run = await ReindexAsync(without);

        Assert.DoesNotContain(run.Figures.Keys, name => name.StartsWith("embeddings", StringComparison.Ordinal));
        Assert.Equal((null, null), ((await StoredAsync("ferry-1")).Latent, (await StoredAsync("ferry-1")).Embedded));
    }

    [Fact]
    public async Task A_site_that_wants_no_embeddings_pays_for_none()
    {
        newsroom.Site = newsroom.Site with { Embeddings = false };
        await ImportAsync();

        await ReindexAsync(newsroom);

        Assert.Equal(0, model.Requests);
    }

    [Fact]
    public async Task When_the_model_fails_at_the_first_reindex_articles_are_placed_by_their_words()
    {
        await newsroom.ImportAsync(Enumerable.Range(1, LatentTrainer.FewestArticles).Select(part => Ferry(part) with { Published = "2026-10-01T08:00:00Z" }));
        model.Fails = _ => true;

        var run = await ReindexAsync(newsroom);

        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal("Articles were placed by their terms, for embeddings cannot be had: The model is not there. Ask later.", Assert.Single(run.Errors));
        Assert.Equal(3, model.Requests);
        Assert.Equal(LatentSource.Terms, (await StoredAsync("ferry-1")).Latent!.Source);
        Assert.True(run.Figures["subjects.rank"] > 0);
    }

    [Fact]
    public async Task What_fails_in_passing_is_left_to_the_next_reindex_and_said()
    {
        await using var small = await Newsroom.OpenAsync(model.Add(options => options.BatchSize = 4));
        await small.ImportAsync(Archive());
        await ReindexAsync(small);
        await small.ImportAsync(Enumerable.Range(30, 8).Select(Orchard).Select(story => story with { Published = "2026-10-01T08:00:00Z" }).Select(NotYetEmbedded));
        var first = model.Requests + 1;
        model.Fails = request => request == first;

        var run = await ReindexAsync(small);

        Assert.Equal((4, 2 * Parts, 4), Counts(run));
        Assert.Equal("4 articles have no embedding: The model is not there. Ask later.", Assert.Single(run.Errors));
        Assert.Equal((4, (2 * Parts) + 4, 0), Counts(await ReindexAsync(small)));

        ArticleInput NotYetEmbedded(ArticleInput story)
        {
            model.Fails = _ => true;
            return story;
        }
    }

    [Theory]
    [InlineData(0f, "The model gave a vector that has no direction.")]
    [InlineData(float.NaN, "The model gave a vector that has no direction.")]
    [InlineData(float.PositiveInfinity, "The model gave a vector that has no direction.")]
    public async Task Vectors_that_are_none_are_refused(float value, string message)
    {
        await ImportAsync();
        model.Distort = vector => [.. vector.Select(_ => value)];

        var run = await ReindexAsync(newsroom);

        Assert.EndsWith(message, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Null((await StoredAsync("ferry-1")).Latent);
    }

    [Fact]
    public async Task Vectors_of_another_length_than_learned_are_refused_with_advice()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        model.Distort = vector => vector[..100];

        await newsroom.PublishAsync(Ferry(20));
        var run = await ReindexAsync(newsroom);

        Assert.Null((await StoredAsync("ferry-20")).Latent);
        Assert.Equal((0, 2 * Parts, 1), Counts(run));
        Assert.Contains("100 numbers where 256 were expected", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Contains("Recommender:Embeddings:Revision", run.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_site_has_outgrown_is_learned_anew()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        await newsroom.ImportAsync(Enumerable.Range(Parts + 1, Parts).SelectMany(part => new[] { Dated(Ferry(part)), Dated(Orchard(part)) }));

        var run = await ReindexAsync(newsroom);

        Assert.Equal((4 * Parts, 0, 0), Counts(run));
        Assert.Equal(4 * Parts, run.Figures["embeddings.sampled"]);
        Assert.Equal((0, 4 * Parts, 0), Counts(await ReindexAsync(newsroom)));

        static ArticleInput Dated(ArticleInput story) => story with { Published = "2026-10-01T08:00:00Z" };
    }

    [Fact]
    public async Task Readers_never_ask_the_model_and_the_same_index_gives_the_same_lists()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        var before = model.Requests;
        await using var other = newsroom.OpenAnother();

        foreach (var id in Archive().Select(story => story.Id!).Append("nobody"))
        {
            var (one, two) = (await newsroom.ListAsync(id), await other.ListAsync(id));
            Assert.Equal(one.Items.Select(item => (item.Card.Id, item.Explanation.Value)), two.Items.Select(item => (item.Card.Id, item.Explanation.Value)));
        }

        await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = "https://gazette.example/not-indexed" });
        Assert.Equal(before, model.Requests);
    }

    [Fact]
    public async Task A_reduction_that_cannot_be_read_is_learned_anew()
    {
        await ImportAsync();
        await ReindexAsync(newsroom);
        await newsroom.Get<ModelTable>().PutAsync(newsroom.Site, SiteEmbeddings.ModelName, [1, 2, 3]);
        await using var restarted = newsroom.OpenAnother();

        await restarted.PublishAsync(Ferry(20));

        Assert.Null((await StoredAsync("ferry-20")).Latent);
        Assert.Equal(((2 * Parts) + 1, 0, 0), Counts(await ReindexAsync(restarted)));
    }

    private static IEnumerable<ArticleInput> Archive() => Enumerable.Range(1, Parts).SelectMany(part => new[] { Ferry(part), Orchard(part) });

    private static (double Embedded, double Kept, double Missing) Counts(Run run) =>
        (run.Figures["embeddings.embedded"], run.Figures["embeddings.kept"], run.Figures["embeddings.missing"]);

    private static async Task<Run> ReindexAsync(Newsroom of)
    {
        var run = await of.Reindexer.ExecuteAsync(of.Site, (await of.Reindexer.StartAsync(of.Site)).Id);
        Assert.True(run.State == RunState.Succeeded, string.Join("; ", run.Errors));
        return run;
    }

    private Task<IReadOnlyList<PublishResult>> ImportAsync() => newsroom.ImportAsync(Archive());

    private async Task<StoredArticle> StoredAsync(string id) => (await newsroom.Get<ArticleTable>().GetAsync(newsroom.Site, id))!;
}
