using Recommender.Evaluation;

namespace Recommender.Tests.Evaluation;

public sealed class BCubedTests
{
    private static readonly Dictionary<string, string> Truth = new() { ["a"] = "x", ["b"] = "x", ["c"] = "x", ["d"] = "y", ["e"] = "y" };

    [Fact]
    public void Figures_are_those_worked_out_by_hand()
    {
        var found = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1", ["c"] = "2", ["d"] = "2" };

        var figures = BCubed.Of(found.GetValueOrDefault, Truth);

        // a and b: all of two belong together, of three. c: one of two, of three. d: one of two, of two. e: alone.
        Assert.Equal((1 + 1 + 0.5 + 0.5 + 1) / 5, figures.Precision, 9);
        Assert.Equal(((2 / 3.0) + (2 / 3.0) + (1 / 3.0) + 0.5 + 0.5) / 5, figures.Recall, 9);
        Assert.Equal(2 * figures.Precision * figures.Recall / (figures.Precision + figures.Recall), figures.F1, 9);
        Assert.Equal(5, figures.Articles);
    }

    [Fact]
    public void All_alone_is_precise_and_all_in_one_group_is_complete()
    {
        Assert.Equal((1, 2 / 5.0), Rounded(BCubed.Of(_ => null, Truth)));
        Assert.Equal((13 / 25.0, 1), Rounded(BCubed.Of(_ => "one", Truth)));
        Assert.Equal(0, BCubed.Of(_ => null, []).F1);
    }

    [Fact]
    public async Task Stories_are_what_judgements_connect()
    {
        var qrels = await Qrels.ReadAsync(new StringReader("b 0 a 1\nc 0 b 2\nd 0 e 1\ne 0 a 0\nf 0 a 0\n"));

        Assert.Equal(
            [("a", "a"), ("b", "a"), ("c", "a"), ("d", "d"), ("e", "d")],
            JudgedStories.Of(qrels).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value)));
    }

    private static (double, double) Rounded(BCubed figures) => (Math.Round(figures.Precision, 9), Math.Round(figures.Recall, 9));
}
