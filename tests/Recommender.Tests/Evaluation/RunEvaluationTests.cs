using Recommender.Evaluation;

namespace Recommender.Tests.Evaluation;

public sealed class RunEvaluationTests
{
    [Fact]
    public async Task A_query_without_an_answer_counts_as_0()
    {
        var qrels = await Qrels.ReadAsync(new StringReader("answered 0 a 1\nunanswered 0 a 1\nnothing 0 a 0"));
        var run = new TrecRun(new Dictionary<string, IReadOnlyList<string>> { ["answered"] = ["a"], ["not judged"] = ["a"] });

        var judged = RunEvaluation.Of(run, qrels, Measure.Usual([5]));

        Assert.Equal(2, judged.Queries);
        Assert.All(judged.Figures, figure => Assert.Equal([1, 0], figure.PerQuery));
        Assert.All(judged.Figures, figure => Assert.Equal(0.5, figure.Mean));
    }
}
