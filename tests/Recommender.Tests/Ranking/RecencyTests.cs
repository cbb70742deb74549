using System.Collections.Frozen;
using CsCheck;
using Recommender.Ranking;
using Recommender.Sites;

namespace Recommender.Tests.Ranking;

public sealed class RecencyTests
{
    private static readonly RankingSettings Settings = new()
    {
        HalfLife = TimeSpan.FromDays(30),
        TopicHalfLives = new Dictionary<string, TimeSpan> { ["breaking"] = TimeSpan.FromDays(2), ["gardening"] = TimeSpan.FromDays(365) }.ToFrozenDictionary(),
    };

    [Fact]
    public void Recency_halves_with_every_half_life()
    {
        Assert.Equal(1, Of(0));
        Assert.Equal(0.5, Of(30), 12);
        Assert.Equal(0.125, Of(90), 12);
        Assert.Equal(1, Of(-3));
    }

    [Theory]
    [InlineData(2, "breaking")]
    [InlineData(365, "gardening")]
    [InlineData(365, "breaking", "gardening")]
    [InlineData(2, "breaking", "council")]
    [InlineData(30, "council")]
    [InlineData(30)]
    public void A_story_has_the_longest_half_life_of_its_topics(double days, params string[] topics) => Assert.Equal(0.5, Of(days, topics), 12);

    [Fact]
    public void An_evergreen_story_is_new_when_it_is_new_and_never_old()
    {
        Assert.Equal(1, Recency.Of(Settings, [], isEvergreen: true, TimeSpan.Zero));
        Assert.Equal(Of(10), Recency.Of(Settings, [], isEvergreen: true, TimeSpan.FromDays(10)));
        Assert.Equal(0.5, Recency.Of(Settings, [], isEvergreen: true, TimeSpan.FromDays(10_000)));
    }

    [Fact]
    public void Recency_is_a_share_that_never_grows_with_age() =>
        Gen.Select(Gen.Double[-10, 100_000], Gen.Double[0, 100_000], Gen.Double[0.01, 36_500], Gen.Bool).Sample((age, more, halfLife, isEvergreen) =>
        {
            var settings = Settings with { HalfLife = TimeSpan.FromDays(halfLife) };
            var young = Recency.Of(settings, [], isEvergreen, TimeSpan.FromDays(age));
            var old = Recency.Of(settings, [], isEvergreen, TimeSpan.FromDays(age + more));
            return old >= 0 && old <= young && young <= 1;
        });

    private static double Of(double days, params string[] topics) => Recency.Of(Settings, topics, isEvergreen: false, TimeSpan.FromDays(days));
}
