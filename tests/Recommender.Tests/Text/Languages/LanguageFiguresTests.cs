using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Evaluation;
using Recommender.Sites;
using Recommender.Tests.Support;
using Recommender.Text;
using Xunit.Abstractions;

namespace Recommender.Tests.Text.Languages;

/// <summary>
/// Eight running stories in each of eight languages, three articles each, none with a language of its own: how well lists follow them. The figures are those of
/// <c>more-stories evaluate --articles stories.jsonl --qrels stories.qrels</c>; the bounds lie a little below what was measured.
/// </summary>
public sealed class LanguageFiguresTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Text", "Languages");

    [Fact]
    public async Task Running_stories_are_followed_in_each_language()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var stories = await StoriesAsync();
        await newsroom.ImportAsync(stories);
        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        using var reader = new StreamReader(Path.Combine(Folder, "stories.qrels"));
        var qrels = await Qrels.ReadAsync(reader);
        var run = await newsroom.Get<ListReplay>().RunAsync(newsroom.Site, [.. qrels.Queries.Select(query => (query, Newsroom.Start))], 10);

        var ndcg = RunEvaluation.Of(run, qrels, [Measure.Ndcg(5)]).Figures[0].PerQuery;
        var byLanguage = qrels.Queries.Zip(ndcg).GroupBy(query => LanguageOf(query.First), query => query.Second).ToDictionary(group => group.Key, group => group.Average());
        foreach (var (language, mean) in byLanguage)
        {
            output.WriteLine($"{language} {mean:0.000}");
        }

        Assert.Equal(8, byLanguage.Count);
        Assert.All(byLanguage, entry => Assert.True(entry.Value >= 0.85, $"{entry.Key} {entry.Value:0.000}"));
        Assert.All(run.Rankings, list => Assert.All(list.Value, id => Assert.Equal(LanguageOf(list.Key), LanguageOf(id))));
    }

    [Theory]
    [InlineData("headline", 0.35)]
    [InlineData("headline and dek", 0.97)]
    [InlineData("headline and body", 0.99)]
    public async Task The_language_is_known_from_a_sentence_or_two_and_hardly_ever_mistaken(string given, double least)
    {
        var stories = await StoriesAsync();
        var detected = stories.Select(story => (Language: LanguageOf(story.Id!), Detected: LanguageDetection.Detect("sv", story.Title!, TextOf(story, given)))).ToList();
        var right = detected.Count(story => story.Detected == story.Language);
        var wrong = detected.Where(story => story.Detected != story.Language && story.Detected != "sv").ToList();
        output.WriteLine($"{given}: right {right}, the site's {detected.Count(story => story.Detected == "sv")}, wrong {string.Join(' ', wrong)}");

        Assert.InRange((double)right / detected.Count, least, 1);
        Assert.InRange(wrong.Count, 0, 2);
    }

    [Fact]
    public async Task A_list_is_filled_up_with_the_latest_in_the_language_of_the_page()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync((await StoriesAsync()).Where(story => LanguageOf(story.Id!) is "de" or "en"));

        Assert.All((await newsroom.ListAsync("de-1-1", 20)).Items, item => Assert.Equal("de", LanguageOf(item.Card.Id)));
        Assert.All((await newsroom.ListAsync("nobody-indexed", 20)).Items, item => Assert.Equal("en", LanguageOf(item.Card.Id)));
        Assert.Equal(20, (await newsroom.ListAsync("de-1-1", 20)).Items.Count);
    }

    [Fact]
    public async Task Detection_does_not_depend_on_the_site()
    {
        var validator = new ArticleValidator(new FakeTimeProvider(Newsroom.Start));
        foreach (var story in await StoriesAsync())
        {
            Assert.True(validator.TryValidate(new Site { Id = "s", Name = "S", Language = "fi" }, story, out var article, out _));
            Assert.Equal(LanguageOf(story.Id!), article.Language);
        }
    }

    private static string TextOf(ArticleInput story, string given) => given switch
    {
        "headline" => "",
        "headline and dek" => story.Body!.Split([". ", "。"], StringSplitOptions.None)[0],
        _ => story.Body!,
    };

    private static string LanguageOf(string id) => id[..2];

    private static async Task<List<ArticleInput>> StoriesAsync()
    {
        await using var file = File.OpenRead(Path.Combine(Folder, "stories.jsonl"));
        return await ArticleLines.ReadAsync(file).Select(line => line.Input!).ToListAsync();
    }
}
