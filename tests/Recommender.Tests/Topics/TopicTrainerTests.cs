using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Text;
using Recommender.Topics;

namespace Recommender.Tests.Topics;

public sealed class TopicTrainerTests
{
    private static readonly Site Site = new() { Id = "gazette", Name = "The Gazette" };
    private static readonly ArticleValidator Validator = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Articles_that_nothing_was_learned_from_are_told_by_their_words()
    {
        var (model, figures) = TopicTrainer.Train(FiledStories.Archive(40).Select(Filed));

        Assert.Equal(FiledStories.Topics.Order(), model!.Topics.Select(topic => topic.Name).Order());
        Assert.All(FiledStories.Topics, topic => Assert.Equal([topic], model.Classify(Filed(FiledStories.Of(topic, 1_000)).Terms).Select(given => given.Name)));
        Assert.InRange(figures!.MacroF1, 0.9, 1);
        Assert.InRange(figures.Coverage, 0.9, 1);
        Assert.InRange(figures.HeldOut, 15, 50);
    }

    [Fact]
    public void An_article_may_be_under_several_topics()
    {
        var both = Enumerable.Range(1, 40).Select(number => FiledStories.Of("Harbour", number, "Harbour", "Transport"));
        var (model, _) = TopicTrainer.Train(both.Concat(FiledStories.Archive(40).Where(story => story.Topics![0] != "Harbour")).Select(Filed));

        Assert.Equal(["Harbour", "Transport"], model!.Classify(Filed(FiledStories.Of("Harbour", 1_000)).Terms).Select(topic => topic.Name).Order());
        Assert.Equal(["Schools"], model.Classify(Filed(FiledStories.Of("Schools", 1_000)).Terms).Select(topic => topic.Name));
    }

    [Fact]
    public void What_is_like_nothing_that_was_filed_stays_unfiled()
    {
        var (model, _) = TopicTrainer.Train(FiledStories.Archive(40).Select(Filed));
        var strange = Filed(Support.Stories.Story("x", "Quantum glaciers hum beneath violet antennas", "Seven comets, a xylophone and the emperor's moustache."));

        Assert.Empty(model!.Classify(strange.Terms));
        Assert.Empty(model.Classify(PackedTerms.Pack([], 0)));
    }

    [Fact]
    public void A_topic_with_too_few_examples_is_left_out_and_too_few_topics_make_no_model()
    {
        var some = FiledStories.Archive(TopicTrainer.FewestExamples).Select(Filed).ToList();
        var few = some.Where(article => article.Topics[0].Name != "Schools").Append(Filed(FiledStories.Of("Schools", 1, "Schools"))).ToList();

        Assert.Equal(["Countryside", "Harbour"], TopicTrainer.Train(few).Model!.Topics.Select(topic => topic.Name).Order());
        Assert.Equal((null, null), TopicTrainer.Train(few.Where(article => article.Topics[0].Name != "Harbour")));
        Assert.Equal((null, null), TopicTrainer.Train(FiledStories.Archive(TopicTrainer.FewestExamples - 1).Select(Filed)));
        Assert.Equal((null, null), TopicTrainer.Train([]));
    }

    [Fact]
    public void The_same_articles_give_the_same_model_in_whatever_order_they_come_and_it_comes_back_from_its_bytes()
    {
        var filed = FiledStories.Archive(30).Select(Filed).ToArray();
        var (model, figures) = TopicTrainer.Train(filed);
        new Random(7).Shuffle(filed);
        var (again, same) = TopicTrainer.Train(filed);

        Assert.Equal(model!.ToBytes(), again!.ToBytes());
        Assert.Equal(figures, same);
        var read = TopicModel.FromBytes(model.ToBytes())!;
        Assert.Equal(model.ToBytes(), read.ToBytes());
        Assert.Null(TopicModel.FromBytes([99, .. model.ToBytes()[1..]]));
        Assert.Null(TopicModel.FromBytes([]));
    }

    [Fact]
    public void Articles_that_are_all_the_same_teach_nothing_and_harm_nothing()
    {
        var story = FiledStories.Of("Harbour", 1);
        var filed = Enumerable.Range(0, 60).Select(number => Filed(story with { Id = $"same-{number}", Topics = [number % 2 == 0 ? "Harbour" : "Schools"] })).ToList();

        var (model, figures) = TopicTrainer.Train(filed);

        Assert.All(new[] { figures!.MacroF1, figures.MicroF1, figures.Precision, figures.Coverage }, figure => Assert.InRange(figure, 0, 1));
        Assert.NotNull(model!.Classify(filed[0].Terms));
    }

    private static FiledArticle Filed(ArticleInput input)
    {
        Assert.True(Validator.TryValidate(Site, input, out var article, out _));
        using var index = new SimilarityIndex();
        return new FiledArticle(article.Id, TermSelection.Select(TermAnalyzer.Analyse(article), index), article.Topics);
    }
}
