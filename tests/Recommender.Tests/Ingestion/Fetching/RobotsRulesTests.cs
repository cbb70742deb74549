using System.Text.RegularExpressions;
using CsCheck;
using Recommender.Ingestion.Fetching;

namespace Recommender.Tests.Ingestion.Fetching;

public sealed class RobotsRulesTests
{
    [Theory]
    [InlineData("Disallow: /private", "/private/x", false)]
    [InlineData("Disallow: /private", "/public", true)]
    [InlineData("Disallow: /\nAllow: /news/", "/news/1", true)]
    [InlineData("Disallow: /\nAllow: /news/", "/", false)]
    [InlineData("Allow: /a\nDisallow: /a", "/a", true)]
    [InlineData("Disallow: /*.pdf$", "/x/y.pdf", false)]
    [InlineData("Disallow: /*.pdf$", "/x/y.pdf?page=2", true)]
    [InlineData("Disallow: /*?session=", "/x?session=1", false)]
    [InlineData("Disallow: *secret", "/a/secret", false)]
    [InlineData("Disallow:", "/a", true)]
    [InlineData("Disallow: /caf%c3%a9", "/café", false)]
    [InlineData("Disallow: /café", "/caf%C3%A9", false)]
    [InlineData("Disallow: /a%7Eb", "/a~b", false)]
    [InlineData("Disallow: /a#comment", "/a", false)]
    [InlineData("Disallow: /", "/robots.txt", true)]
    [InlineData("Disallow: /p$", "/p", false)]
    [InlineData("Disallow: /p$", "/page", true)]
    public void The_longest_rule_that_matches_wins(string rules, string path, bool expected) =>
        Assert.Equal(expected, RobotsRules.Parse("User-agent: *\n" + rules, "MoreStories").Allows(path));

    [Fact]
    public void The_group_that_names_the_product_replaces_the_one_for_all()
    {
        const string Text = "User-agent: *\nDisallow: /\n\nUser-Agent: otherbot\nUser-agent: morestories/2.0\nCrawl-delay: 2.5\nDisallow: /drafts\n\nuser-agent: MoreStories\nDisallow: /old";

        var own = RobotsRules.Parse(Text, "MoreStories");
        Assert.Equal([true, false, false], new[] { "/x", "/drafts/1", "/old" }.Select(own.Allows));
        Assert.Equal(TimeSpan.FromSeconds(2.5), own.CrawlDelay);

        var other = RobotsRules.Parse(Text, "Nobody");
        Assert.Equal((false, null), (other.Allows("/x"), other.CrawlDelay));
    }

    [Fact]
    public void A_group_that_names_the_product_and_forbids_nothing_allows_all() =>
        Assert.True(RobotsRules.Parse("User-agent: *\nDisallow: /\nUser-agent: MoreStories\nDisallow:", "MoreStories").Allows("/x"));

    [Fact]
    public void Lines_that_mean_nothing_are_skipped()
    {
        var rules = RobotsRules.Parse("\ufeff<html>\nSitemap: https://gazette.example/s.xml\nDisallow: /lost\rUser-agent : * # all\r\nHost: x\r\nDisallow : /kept\r\nCrawl-delay: soon", "MoreStories");
        Assert.Equal([true, false], new[] { "/lost", "/kept" }.Select(rules.Allows));
        Assert.Null(rules.CrawlDelay);
    }

    [Fact]
    public void Patterns_match_as_the_regular_expressions_that_they_stand_for() =>
        Gen.Select(Gen.Char["ab*$/"].Array[1, 8], Gen.Char["ab$/"].Array[0, 10]).Sample((pattern, path) =>
        {
            var rule = "/" + new string(pattern);
            var address = "/" + new string(path);
            var isAnchored = rule.EndsWith('$');
            var expression = "^" + Regex.Escape(isAnchored ? rule[..^1] : rule).Replace("\\*", ".*", StringComparison.Ordinal) + (isAnchored ? "$" : "");
            Assert.Equal(!Regex.IsMatch(address, expression), RobotsRules.Parse("User-agent: *\nDisallow: " + rule, "x").Allows(address));
        });

    [Fact]
    public void A_hostile_pattern_costs_little_time()
    {
        var rules = RobotsRules.Parse("User-agent: *\nDisallow: /" + string.Concat(Enumerable.Repeat("*a", 2_000)) + "$", "x");
        var started = System.Diagnostics.Stopwatch.StartNew();
        Assert.True(rules.Allows("/" + new string('a', 4_000) + "b"));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Any_text_is_read() => Gen.Select(Gen.String, Gen.String).Sample((text, path) => RobotsRules.Parse("User-agent: *\nDisallow: " + text, "x").Allows("/" + path) || true);
}
