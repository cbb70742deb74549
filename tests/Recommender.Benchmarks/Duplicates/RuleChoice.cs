using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Chooses thresholds: those that find most copies while few of the most similar pairs are wrongly said to be some.</summary>
internal static class RuleChoice
{
    private const double MostFalse = 0.005;

    /// <summary>The best rule for test sets, long texts and short ones by themselves. Where a set has none of a kind, the shipped thresholds stay.</summary>
    public static DuplicateRule On(params IReadOnlyList<DuplicateTestSet> sets)
    {
        var rule = DuplicateRule.Shipped;
        rule = rule with { Long = Best(sets, isShort: false, thresholds => rule with { Long = thresholds })?.Long ?? rule.Long };
        return rule with { Short = Best(sets, isShort: true, thresholds => rule with { Short = thresholds })?.Short ?? rule.Short };
    }

    // Of rules that find about as many, the strictest: a copy shown twice is a smaller fault than a story that nobody sees.
    private static DuplicateRule? Best(IReadOnlyList<DuplicateTestSet> sets, bool isShort, Func<DuplicateThresholds, DuplicateRule> with)
    {
        var set = new DuplicateTestSet
        {
            Copies = [.. sets.SelectMany(set => set.Copies).Where(copy => copy.Pair.IsShort == isShort)],
            Similar = [.. sets.SelectMany(set => set.Similar).Where(pair => pair.IsShort == isShort)],
            Random = [.. sets.SelectMany(set => set.Random).Where(pair => pair.IsShort == isShort)],
        };
        return Choices()
            .Select(with)
            .Select(rule => (Rule: rule, Thresholds: isShort ? rule.Short : rule.Long, Figures: DuplicateFigures.Of(set, rule)))
            .Where(choice => choice.Figures.FalseRate <= MostFalse)
            .Select(choice => (choice.Rule, choice.Figures, choice.Thresholds, Recall: Math.Round(choice.Figures.Recall(_ => true) ?? 0, 2)))
            .OrderByDescending(choice => choice.Recall)
            .ThenByDescending(choice => choice.Thresholds.Resemblance + choice.Thresholds.WithHeadline + choice.Thresholds.Contained + choice.Thresholds.Containment)
            .Where(choice => choice.Recall > 0 && choice.Figures.FalseDrawn <= MostFalseDrawn(set))
            .Select(choice => choice.Rule)
            .FirstOrDefault();
    }

    private static double MostFalseDrawn(DuplicateTestSet set) => set.Random.Count * 2e-5;

    private static IEnumerable<DuplicateThresholds> Choices() =>
        from resemblance in Steps(0.3, 0.9, 0.04)
        from withHeadline in Steps(0.18, 0.7, 0.04)
        from contained in Steps(0.3, 0.78, 0.04)
        from containment in Steps(0.7, 0.95, 0.08)
        where withHeadline <= resemblance && contained <= resemblance
        select new DuplicateThresholds(resemblance, withHeadline, contained, containment);

    private static IEnumerable<double> Steps(double from, double to, double step)
    {
        for (var value = from; value <= to + 0.001; value += step)
        {
            yield return Math.Round(value, 2);
        }
    }
}
