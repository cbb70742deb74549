using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Tests;

public sealed class RecommenderOptionsTests
{
    [Fact]
    public void A_site_needs_nothing_but_its_id()
    {
        var site = Assert.Single(Catalog(("Store", "sqlite:stories.db"), ("Sites:gazette:Name", "The Gazette")).All);

        Assert.Equal(("gazette", "The Gazette", "en", "UTC", "More Stories", 4), (site.Id, site.Name, site.Language, site.TimeZone.Id, site.Heading, site.Count));
        Assert.Equal(new RankingSettings(), site.Ranking);
    }

    [Fact]
    public void Every_setting_reaches_its_site()
    {
        var site = Assert.Single(Catalog(
            ("Sites:bote:Hosts:0", "*.Münchner-Bote.example"), ("Sites:bote:Feeds:0", "https://bote.example/feed"), ("Sites:bote:AllowedOrigins:0", "https://bote.example"),
            ("Sites:bote:Language", "de-AT"), ("Sites:bote:TimeZone", "Europe/Vienna"), ("Sites:bote:Heading", "Mehr"), ("Sites:bote:Count", "6"),
            ("Sites:bote:HalfLifeDays", "7.5"), ("Sites:bote:RecencyWeight", "0.5"), ("Sites:bote:Floor", "0.2"),
            ("Sites:bote:TopicHalfLifeDays:Börse & Märkte", "1"), ("Sites:bote:TopicHalfLifeDays:rezepte", "3650"), ("Sites:bote:Diversity", "0.3"),
            ("Sites:bote:MaxPerTopic", "2"), ("Sites:bote:MaxPerAuthor", "1"), ("Sites:bote:LatestShare", "0.25"), ("Sites:bote:OnlyOlder", "true"), ("Sites:bote:ClassifyTopics", "false")).All);

        Assert.Equal(("*.xn--mnchner-bote-dlb.example", "https://bote.example/feed", "https://bote.example"), (site.Hosts[0], site.Feeds[0], site.AllowedOrigins[0]));
        Assert.Equal(("de-at", "Europe/Vienna", "Mehr", 6), (site.Language, site.TimeZone.Id, site.Heading, site.Count));
        Assert.False(site.ClassifyTopics);
        var halfLives = site.Ranking.TopicHalfLives;
        Assert.Equal([(Slug.From("Börse & Märkte")!, 1), ("rezepte", 3650)], halfLives.Select(topic => (topic.Key, topic.Value.TotalDays)).OrderBy(topic => topic.TotalDays));
        var expected = new RankingSettings
        {
            HalfLife = TimeSpan.FromDays(7.5),
            RecencyWeight = 0.5,
            Floor = 0.2,
            TopicHalfLives = halfLives,
            Diversity = 0.3,
            MaxPerTopic = 2,
            MaxPerAuthor = 1,
            LatestShare = 0.25,
            OnlyOlder = true,
        };
        Assert.Equal(expected, site.Ranking);
    }

    [Theory]
    [InlineData("Store", "postgres:x", "Recommender:Store is 'postgres:x'")]
    [InlineData("Sites:gazette:TimeZone", "Europe/Gullhaven", "Recommender:Sites:gazette:TimeZone is 'Europe/Gullhaven'")]
    [InlineData("Sites:gazette:Feeds:0", "/feed", "Recommender:Sites:gazette:Feeds has '/feed'")]
    [InlineData("Sites:gazette:Feeds:0", "file:///etc/passwd", "Recommender:Sites:gazette:Feeds has 'file:///etc/passwd'")]
    [InlineData("Sites:gazette:AllowedOrigins:0", "https://gazette.example/", "Recommender:Sites:gazette:AllowedOrigins has 'https://gazette.example/'")]
    [InlineData("Sites:gazette:Hosts:0", "https://gazette.example", "Recommender:Sites:gazette:Hosts has 'https://gazette.example'")]
    [InlineData("Sites:gazette:Hosts:0", "localhost:7071", "Recommender:Sites:gazette:Hosts has 'localhost:7071'")]
    [InlineData("Sites:gazette:Count", "21", "Recommender:Sites:gazette: The field Count")]
    [InlineData("Sites:gazette:Count", "0", "Recommender:Sites:gazette: The field Count")]
    [InlineData("Sites:gazette:HalfLifeDays", "0", "Recommender:Sites:gazette: The field HalfLifeDays")]
    [InlineData("Sites:gazette:RecencyWeight", "1.1", "Recommender:Sites:gazette: The field RecencyWeight")]
    [InlineData("Sites:gazette:RecencyWeight", "NaN", "Recommender:Sites:gazette: The field RecencyWeight")]
    [InlineData("Sites:gazette:Floor", "-0.1", "Recommender:Sites:gazette: The field Floor")]
    [InlineData("Sites:gazette:Diversity", "1.1", "Recommender:Sites:gazette: The field Diversity")]
    [InlineData("Sites:gazette:MaxPerTopic", "0", "Recommender:Sites:gazette: The field MaxPerTopic")]
    [InlineData("Sites:gazette:MaxPerAuthor", "21", "Recommender:Sites:gazette: The field MaxPerAuthor")]
    [InlineData("Sites:gazette:LatestShare", "-0.1", "Recommender:Sites:gazette: The field LatestShare")]
    [InlineData("Sites:gazette:TopicHalfLifeDays:Harbour", "0", "Recommender:Sites:gazette:TopicHalfLifeDays:Harbour is 0; a half-life has 0.01 to 36,500 days.")]
    [InlineData("Sites:gazette:TopicHalfLifeDays:Harbour", "NaN", "Recommender:Sites:gazette:TopicHalfLifeDays:Harbour is NaN;")]
    [InlineData("Sites:gazette:TopicHalfLifeDays:!", "1", "Recommender:Sites:gazette:TopicHalfLifeDays has '!', which names no topic.")]
    [InlineData("Sites:gazette:Language", "english please", "Recommender:Sites:gazette: Language must be a tag")]
    [InlineData("Sites:gazette:Heading", "", "Recommender:Sites:gazette: The Heading field is required")]
    [InlineData("Sites:The Gazette:Name", "x", "Recommender:Sites:The Gazette: a site's id is")]
    public void A_wrong_setting_is_named(string setting, string value, string message)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Catalog((setting, value)));

        Assert.StartsWith(message, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_names_of_one_topic_cannot_both_have_a_half_life()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Catalog(("Sites:a:TopicHalfLifeDays:Old Town", "1"), ("Sites:a:TopicHalfLifeDays:old-town", "2")));

        Assert.Equal("Recommender:Sites:a:TopicHalfLifeDays has 'Old Town' and 'old-town', which are one topic.", Assert.Single(failure.Failures));
    }

    [Fact]
    public void All_wrong_settings_are_named_at_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Catalog(("Store", "x"), ("Sites:a:Count", "99"), ("Sites:b:TimeZone", "x"), ("Sites:b:Floor", "2")));

        Assert.Equal(4, failure.Failures.Count());
    }

    private static SiteCatalog Catalog(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => "Recommender:" + setting.Name, setting => (string?)setting.Value))
            .Build();
        using var services = new ServiceCollection().AddRecommender(configuration).BuildServiceProvider();
        return services.GetRequiredService<SiteCatalog>();
    }
}
