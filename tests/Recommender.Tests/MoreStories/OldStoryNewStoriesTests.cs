using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.MoreStories;

/// <summary>
/// The page that the product has to get right both ways: an old documentary about defectors on a site whose newest stories are about other things.
/// A publisher may want the latest there, or what is related.
/// </summary>
public sealed class OldStoryNewStoriesTests : IAsyncLifetime
{
    private static readonly ArticleInput[] Related =
    [
        Story("radio", "The radio host whom North Korean listeners hear at night", "Defectors in Seoul broadcast across the border to North Korea, hoping that someone there turns the dial.", "2018-03-02T10:00:00Z", "A broadcaster in Seoul, herself a defector, speaks to North Korea.", "North Korea"),
        Story("border", "What the border guards of North Korea saw", "Two former guards tell how defectors crossed the river out of North Korea, and what became of those who were caught.", "2017-06-11T10:00:00Z", "Former guards on those who crossed and those who did not.", "North Korea"),
        Story("school", "A school in Seoul for children who fled North Korea", "Young defectors learn a new Korean vocabulary and an old arithmetic at a school for those who left North Korea.", "2019-02-20T10:00:00Z", "For young defectors the first lesson is the language.", "North Korea"),
        Story("smuggler", "The woman who guided forty defectors to Bangkok", "She led defectors from North Korea through three countries, by bus, on foot and once in a hearse.", "2016-09-08T10:00:00Z", "A guide remembers the road out of North Korea.", "North Korea"),
    ];

    private static readonly ArticleInput[] Newest =
    [
        Story("dam", "The dam that was never inspected", "Engineers in the valley warned of cracks in the dam for eleven years before the flood.", "2021-10-18T14:00:00Z", "Eleven years of warnings, and then the flood.", "Infrastructure"),
        Story("nurses", "Nurses on the night ward keep a diary", "Four nurses wrote down every night of a season in intensive care.", "2021-10-17T14:00:00Z", "Four nurses and a season in intensive care.", "Health"),
        Story("ballots", "How a county lost nine hundred ballots", "A box of ballots stood in a courthouse cellar for two years, and nobody asked for it.", "2021-10-16T14:00:00Z", "A box in a courthouse cellar.", "Elections"),
        Story("pipeline", "The pipeline under the reservation", "A company surveyed the prairie in 1974, and a tribe has argued with it ever since.", "2021-10-15T14:00:00Z", "A survey, and half a century of argument.", "Environment"),
    ];

    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        newsroom.Time.SetUtcNow(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        var page = Story(
            "leaving", "She left North Korea with a map sewn into her coat", "A defector tells of leaving North Korea in winter, of the guards on the ice and of the family that stayed. Other defectors fill in the years that she will not speak of.",
            "2019-08-20T10:00:00Z", "A defector's road out of North Korea, told by those who walked it.", "North Korea");
        await newsroom.ImportAsync([page, .. Related, .. Newest]);
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task With_weight_on_the_latest_the_list_is_the_four_newest_stories()
    {
        newsroom.Site = newsroom.Site with { Ranking = new RankingSettings { RecencyWeight = 1, HalfLife = TimeSpan.FromDays(365) } };

        var list = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "leaving", At = new DateTimeOffset(2021, 10, 19, 9, 0, 0, TimeSpan.Zero) });

        Assert.Equal(["dam", "nurses", "ballots", "pipeline"], list.Items.Select(item => item.Card.Id));
        Assert.Equal(["October 18, 2021", "October 17, 2021", "October 16, 2021", "October 15, 2021"], list.Items.Select(item => item.Date));
        Assert.Equal(Newest.Select(story => (story.Title, story.Dek)), list.Items.Select(item => ((string?)item.Card.Title, (string?)item.Card.Dek)));
        Assert.All(list.Items, item => Assert.Equal(Reason.Latest, item.Reason));
        Assert.Equal((ListState.Complete, "More Stories"), (list.State, list.Heading));
    }

    [Fact]
    public async Task With_similarity_on_the_older_related_stories_come_first_and_say_why()
    {
        var list = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "leaving", Count = 6, At = new DateTimeOffset(2021, 10, 19, 9, 0, 0, TimeSpan.Zero) });

        Assert.Equal(["border", "radio", "school", "smuggler"], list.Items.Take(4).Select(item => item.Card.Id).Order());
        Assert.All(list.Items.Take(4), item => Assert.Equal(Reason.Similar, item.Reason));
        Assert.All(list.Items.Take(4), item => Assert.Contains("North Korea", item.Terms));
        Assert.Equal(["dam", "nurses"], list.Items.Skip(4).Select(item => item.Card.Id));
        Assert.All(list.Items.Skip(4), item => Assert.Equal(Reason.Latest, item.Reason));
        Assert.Equal(ListState.Partial, list.State);
    }

    [Fact]
    public async Task Every_score_is_the_sum_of_its_parts()
    {
        var list = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "leaving", Count = 8 });

        Assert.All(list.Items, item => Assert.Equal(item.Explanation.Parts.Sum(part => part.Value), item.Explanation.Value, 12));
    }
}
