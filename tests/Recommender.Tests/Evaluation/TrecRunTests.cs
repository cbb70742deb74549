using CsCheck;
using Recommender.Evaluation;

namespace Recommender.Tests.Evaluation;

public sealed class TrecRunTests
{
    private static readonly Gen<string> Names = Gen.Char.AlphaNumeric.Array[1, 6].Select(name => new string(name));

    private static readonly Gen<TrecRun> Runs = Gen.Dictionary(Names, Names.HashSet[1, 8].Select(IReadOnlyList<string> (names) => [.. names]))[0, 5]
        .Select(rankings => new TrecRun(rankings));

    [Fact]
    public void A_run_is_read_as_it_was_written() => Runs.Sample(run =>
    {
        var written = new StringWriter();
        run.WriteAsync(written, "tool").GetAwaiter().GetResult();
        var read = TrecRun.ReadAsync(new StringReader(written.ToString())).GetAwaiter().GetResult();

        Assert.Equal(run.Rankings.Keys.Order(StringComparer.Ordinal), read.Rankings.Keys.Order(StringComparer.Ordinal));
        Assert.All(run.Rankings, ranking => Assert.Equal(ranking.Value, read.Of(ranking.Key)));
    });

    [Fact]
    public async Task Lines_have_the_six_fields_of_the_format()
    {
        var written = new StringWriter();

        await new TrecRun(new Dictionary<string, IReadOnlyList<string>> { ["q2"] = ["a"], ["q1"] = ["b", "c"] }).WriteAsync(written, "tool");

        Assert.Equal("q1 Q0 b 1 1 tool\nq1 Q0 c 2 0.5 tool\nq2 Q0 a 1 1 tool\n", written.ToString());
    }

    [Fact]
    public async Task The_score_decides_and_the_rank_only_between_equals()
    {
        var run = await ReadAsync("q Q0 low 1 0.5 x\nq Q0 second 3 7 x\nq Q0 first 2 7 x\nq Q0 top 9 8e0 x");

        Assert.Equal(["top", "first", "second", "low"], run.Of("q"));
    }

    [Theory]
    [InlineData("q Q0 d 1 2", "Line 1: 5 fields stand where 6 belong: query Q0 document rank score tag.")]
    [InlineData("q Q0 d one 2 x", "Line 1: 'one' is no rank: a whole number belongs there.")]
    [InlineData("q Q0 d 1 NaN x", "Line 1: 'NaN' is no score: a number belongs there.")]
    [InlineData("q Q0 d 1 2 x\nq Q0 d 2 1 x", "Line 2: 'd' is given for 'q' a second time.")]
    public async Task A_wrong_line_is_named(string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<TrecFormatException>(() => ReadAsync(text))).Message);

    [Fact]
    public async Task A_name_with_a_space_is_refused_before_anything_is_written()
    {
        var written = new StringWriter();
        var run = new TrecRun(new Dictionary<string, IReadOnlyList<string>> { ["q"] = ["fine", "not fine"] });

        await Assert.ThrowsAsync<ArgumentException>(() => run.WriteAsync(written, "tool"));

        Assert.Empty(written.ToString());
    }

    private static Task<TrecRun> ReadAsync(string text) => TrecRun.ReadAsync(new StringReader(text));
}
