using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Chooses thresholds: those that find most copies while few of the most similar pairs are wrongly said to be some.</summary>
internal static class RuleChoice
{
    private const double MostFalse = 0.005;

    /// <summary>The best rule for a test set, long texts and short ones by themselves.</summary>
    public static DuplicateRule On(DuplicateTestSet set)
    {
        var rule = DuplicateRule.Shipped;
        var isLong = From(set, isShort: false);
        var isShort = From(set, isShort: true);
        rule = Best(isLong, rule,
            from alone in Steps(0.26, 0.6)
            from withHeadline in Steps(0.14, 0.4)
            from containment in Steps(0.6, 0.95, 0.05)
            where withHeadline <= alone
            select rule with { Resemblance = alone, ResemblanceWithHeadline = withHeadline, Containment = containment });
        return Best(isShort, rule,
            from alone in Steps(0.4, 0.9)
            from withHeadline in Steps(0.2, 0.6)
            where withHeadline <= alone
            select rule with { ShortResemblance = alone, ShortResemblanceWithHeadline = withHeadline });
    }

    // Of rules that find as many, the strictest: a copy shown twice is a smaller fault than a story that nobody sees.
    private static DuplicateRule Best(DuplicateTestSet set, DuplicateRule start, IEnumerable<DuplicateRule> rules) =>
        set.Copies.Count == 0 || set.Similar.Count == 0 ? start : rules
            .Select(rule => (Rule: rule, Figures: DuplicateFigures.Of(set, rule)))
            .Where(choice => choice.Figures.FalseRate <= MostFalse)
            .Select(choice => (choice.Rule, Recall: Math.Round(choice.Figures.Recall(_ => true) ?? 0, 3)))
            .OrderByDescending(choice => choice.Recall)
            .ThenByDescending(choice => choice.Rule.Resemblance + choice.Rule.ShortResemblance)
            .ThenByDescending(choice => choice.Rule.ResemblanceWithHeadline + choice.Rule.ShortResemblanceWithHeadline + choice.Rule.Containment)
            .Select(choice => choice.Rule)
            .FirstOrDefault(start);

    private static DuplicateTestSet From(DuplicateTestSet set, bool isShort) => set with
    {
        Copies = [.. set.Copies.Where(copy => copy.Pair.IsShort == isShort)],
        Similar = [.. set.Similar.Where(pair => pair.IsShort == isShort)],
        Random = [],
    };

    private static IEnumerable<double> Steps(double from, double to, double step = 0.04)
    {
        for (var value = from; value <= to + 0.001; value += step)
        {
            yield return Math.Round(value, 2);
        }
    }
}
