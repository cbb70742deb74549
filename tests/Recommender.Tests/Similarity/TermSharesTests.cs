using Recommender.Similarity;

namespace Recommender.Tests.Similarity;

public sealed class TermSharesTests
{
    private const uint Common = 4;
    private const uint Twice = 8;
    private const uint Once = 12;

    private static readonly TermShares Shares = TermShares.Of([.. Enumerable.Range(0, 10).Select(article => new HashSet<uint>(article switch
    {
        0 => [Common, Twice, Once],
        1 => [Common, Twice],
        < 5 => [Common],
        _ => [],
    }))]);

    [Theory]
    [InlineData(Common, 10, 5)]
    [InlineData(Common, 1_000, 500)]
    [InlineData(Twice, 1_000, 200)]
    [InlineData(Twice, 0, 0)]
    public void A_term_stands_in_the_same_share_of_however_many_articles(uint term, int articles, int expected) => Assert.Equal(expected, Shares.FrequencyOf(term, articles));

    [Fact]
    public void A_term_of_one_article_is_no_share_of_a_site() => Assert.Equal(0, Shares.FrequencyOf(Once, 1_000));

    [Fact]
    public void Nothing_is_known_of_a_site_that_was_never_reindexed() => Assert.Equal(0, TermShares.None.FrequencyOf(Common, 1_000));

    [Fact]
    public void No_articles_at_all_have_no_shares() => Assert.Equal(0, TermShares.Of([]).FrequencyOf(Common, 1_000));

    [Fact]
    public void More_articles_than_are_counted_are_refused() =>
        Assert.Throws<ArgumentException>(() => TermShares.Of([.. Enumerable.Repeat(new HashSet<uint>(), TermShares.MostArticles + 1)]));

    [Fact]
    public void They_come_back_from_their_bytes_as_they_were()
    {
        var read = TermShares.FromBytes(Shares.ToBytes());

        Assert.Equal(Shares.Count, read.Count);
        Assert.Equal(5, read.FrequencyOf(Common, 10));
        Assert.Equal(2, read.FrequencyOf(Twice, 10));
        Assert.Equal(Shares.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var bytes = Shares.ToBytes();

        Assert.Throws<FormatException>(() => TermShares.FromBytes([]));
        Assert.Throws<FormatException>(() => TermShares.FromBytes([2, .. bytes[1..]]));
        Assert.Throws<FormatException>(() => TermShares.FromBytes(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<FormatException>(() => TermShares.FromBytes([bytes[0], 0, 0, 0, 0, .. bytes[5..]]));
    }
}
