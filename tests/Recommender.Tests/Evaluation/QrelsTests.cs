using Recommender.Evaluation;

namespace Recommender.Tests.Evaluation;

public sealed class QrelsTests
{
    [Fact]
    public async Task Judgements_are_read_whatever_white_space_stands_between_them()
    {
        var qrels = await ReadAsync("lamp 0 quay 2\n\n  lamp\t0\tferry   0\r\nferry 0 quay 1");

        Assert.Equal(["ferry", "lamp"], qrels.Queries);
        Assert.Equal(2, qrels.Of("lamp")["quay"]);
        Assert.Equal(0, qrels.Of("lamp")["ferry"]);
        Assert.Empty(qrels.Of("orchard"));
    }

    [Fact]
    public async Task A_query_with_nothing_above_grade_0_is_none() =>
        Assert.Equal(["ferry"], (await ReadAsync("lamp 0 quay 0\nlamp 0 ferry -1\nferry 0 lamp 1")).Queries);

    [Theory]
    [InlineData("a 0 b 1\na 0 b", 2, "3 fields stand where 4 belong: query 0 document grade.")]
    [InlineData("a 0 b 1 x", 1, "5 fields stand where 4 belong: query 0 document grade.")]
    [InlineData("\na 0 b high", 2, "'high' is no grade: a whole number belongs there.")]
    [InlineData("a 0 b 0.5", 1, "'0.5' is no grade: a whole number belongs there.")]
    [InlineData("a 0 b 1\na 0 c 1\na 0 b 1", 3, "'b' is judged for 'a' a second time.")]
    public async Task A_wrong_line_is_named(string text, int line, string message)
    {
        var wrong = await Assert.ThrowsAsync<TrecFormatException>(() => ReadAsync(text));

        Assert.Equal(line, wrong.Line);
        Assert.Equal($"Line {line}: {message}", wrong.Message);
    }

    [Fact]
    public async Task As_of_a_page_only_what_was_published_by_then_counts()
    {
        var day = new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);
        var published = new Dictionary<string, DateTimeOffset> { ["old"] = day.AddDays(-1), ["page"] = day, ["twin"] = day, ["new"] = day.AddTicks(1) };
        var qrels = await ReadAsync("page 0 old 1\npage 0 twin 1\npage 0 new 1\npage 0 lost 1\nold 0 new 1");

        var then = qrels.AsOf(id => published.TryGetValue(id, out var at) ? at : null);

        Assert.Equal(["page"], then.Queries);
        Assert.Equal(["lost", "old", "twin"], then.Of("page").Keys.Order());
    }

    private static Task<Qrels> ReadAsync(string text) => Qrels.ReadAsync(new StringReader(text));
}
