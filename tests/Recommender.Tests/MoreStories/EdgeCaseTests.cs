using System.Globalization;
using System.Text;
using Recommender.Articles;
using Recommender.Duplicates;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Tests.Ranking;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.MoreStories;

/// <summary>Sites that are unlike others, from publishing over a reindex to every page's list.</summary>
public sealed class EdgeCaseTests : IAsyncLifetime
{
    private const int MostAnalysisBytes = 1_024;
    private const int LongBody = 200_000;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["Latin"] = "bcdfghklmnprstvw aeiou lnrst",
        ["Cyrillic"] = "бвгджзклмнпрстфх аеиоуы лнрст",
        ["CJK"] = "港口罢工工会会议码头船员投票渡轮夜航市长学校教师预算桥梁灯塔",
    };

    private Newsroom newsroom = null!;

    public static TheoryData<string> Cases => [.. Corpora.Keys];

    private static Dictionary<string, Func<IEnumerable<ArticleInput>>> Corpora { get; } = new()
    {
        ["no article"] = () => [],
        ["one article"] = () => [Ferry(1)],
        ["headlines only"] = () => Enumerable.Range(1, 12).Select(part => Ferry(part) with { Body = "", Dek = "" }),
        ["empty bodies"] = () => Enumerable.Range(1, 12).Select(part => Orchard(part) with { Body = "" }),
        ["headlines of one word"] = () => Enumerable.Range(1, 12).Select(part => Story($"w{part}", part % 2 == 0 ? "Ferry" : "Apples")),
        ["nothing to analyse"] = () => Enumerable.Range(1, 12).Select(part => Story($"n{part}", "…", "of the and", "2026-10-01T08:00:00Z") with { Language = "en" }),
        ["fifty articles"] = () => Enumerable.Range(1, 25).SelectMany(part => new[] { Ferry(part), Orchard(part) }),
        ["sixty identical articles"] = () => Enumerable.Range(1, 60).Select(part => Ferry(1) with { Id = $"same-{part:00}", Url = $"https://gazette.example/same-{part:00}" }),
        ["no topics"] = () => Enumerable.Range(1, 10).SelectMany(part => new[] { Ferry(part) with { Topics = [] }, Orchard(part) with { Topics = null } }),
        ["one long article among short ones"] = () => Enumerable.Range(1, 6).Select(Ferry).Append(Story("long", "The strike book", Long("Latin") + " " + Ferry(1).Body)),
        ["many languages"] = () => Enumerable.Range(1, 10).Select(part => Ferry(part) with { Language = part % 3 == 0 ? "ru" : part % 3 == 1 ? "zh" : "en" }),
        ["all at one instant"] = () => Enumerable.Range(1, 10).Select(part => Ferry(part) with { Published = "2026-10-01T08:00:00Z" }),
        ["centuries apart"] = () => Enumerable.Range(1, 10).Select(part => Ferry(part) with { Published = $"{1_700 + (part * 30)}-10-01T08:00:00Z" }),
    };

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_page_has_a_sound_list_before_and_after_a_reindex(string corpus)
    {
        var inputs = Corpora[corpus]().ToList();
        foreach (var input in inputs.Take(8))
        {
            await newsroom.PublishAsync(input);
        }

        Assert.DoesNotContain(await newsroom.ImportAsync(inputs.Skip(8)), result => result.Errors.Count > 0);
        await CheckAsync(inputs);

        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

        Assert.Equal((RunState.Succeeded, ""), (run.State, string.Join("; ", run.Errors)));
        Assert.All(run.Figures.Values, figure => Assert.True(double.IsFinite(figure)));
        await CheckAsync(inputs);
    }

    [Theory]
    [InlineData("Latin", "en")]
    [InlineData("Cyrillic", "ru")]
    [InlineData("CJK", "zh")]
    public async Task The_analysis_of_a_long_article_takes_a_kilobyte_at_most(string script, string language)
    {
        await newsroom.PublishAsync(Story("long", $"{Long(script)[..60]}", Long(script)) with { Language = language });

        var stored = (await newsroom.Get<ArticleTable>().GetAsync(newsroom.Site, "long"))!;

        Assert.InRange(stored.Article!.Body.Length, LongBody - 100, LongBody);
        Assert.Equal(TermSelection.Capacity, stored.Terms!.Count);
        Assert.InRange(stored.Terms.TextLength, 0.8, 1);
        var placed = LatentVector.Quantise(1, [.. Enumerable.Range(1, LatentTrainer.Rank).Select(value => (float)value)])!;
        Assert.InRange(stored.Terms.ToBytes().Length + placed.ToBytes().Length + sizeof(long) + Fingerprint.Of(stored.Article).ToBytes().Length, 600, MostAnalysisBytes);
    }

    private async Task CheckAsync(List<ArticleInput> inputs)
    {
        foreach (var id in inputs.Select(input => input.Id!).Append("nobody"))
        {
            var list = await newsroom.ListAsync(id, 5);

            Assert.Equal(list.Items.Count, list.Items.Select(item => item.Card.Id).Distinct().Count());
            Assert.DoesNotContain(list.Items, item => item.Card.Id == id);
            Assert.Equal(list.Items.Count == 0, list.State == ListState.Empty);
            Assert.True(list.Items.Count <= 5 && (list.State != ListState.Complete || list.Items.Count == 5));
            Assert.All(list.Items, item => Pairs.AssertSums(item.Explanation));
            var again = await newsroom.ListAsync(id, 5);
            Assert.Equal(list.Items.Select(item => (item.Card.Id, item.Reason, item.Explanation.Value)), again.Items.Select(item => (item.Card.Id, item.Reason, item.Explanation.Value)));
        }
    }

    private static string Long(string script)
    {
        var random = new Random(3);
        var text = new StringBuilder();
        var letters = Scripts[script].Split(' ');
        while (text.Length < LongBody)
        {
            for (var syllable = random.Next(2, 5); syllable > 0; syllable--)
            {
                foreach (var part in letters)
                {
                    text.Append(part[random.Next(part.Length)]);
                }
            }

            text.Append(script == "CJK" ? random.Next(6) == 0 ? "。" : "" : random.Next(12) == 0 ? ". " : " ");
        }

        return text.ToString(0, LongBody).ToString(CultureInfo.InvariantCulture);
    }
}
