namespace Recommender.Ranking.Models;

/// <summary>
/// The weights that work without training. They are a logistic regression over two corpora that could hardly be less alike, long posts with authors' links and one-paragraph news of
/// running stories; the first counts three times, for it is more like what publishers' pages are. <c>tests/Recommender.Benchmarks -- weights --shares 3 1</c> fits them again and shows what each feature is worth.
/// </summary>
public static class ShippedModel
{
    /// <summary>The model.</summary>
    public static RelevanceModel Instance { get; } = new LinearModel("shipped", -3.722, new Dictionary<string, double>
    {
        ["words"] = 0.833,
        ["phrases"] = 0.252,
        ["names"] = 0.941,
        ["subjects"] = -0.182,
        ["headlines"] = 2.56,
        ["leads"] = 0.838,
        ["headline-in-page"] = 2.057,
        ["page-headline-in-story"] = -1.135,
        ["introduction-in-page"] = -0.384,
        ["topics"] = 0.824,
        ["shared-topics"] = 1.176,
        ["length"] = 1.465,
        ["rare-words"] = 4.957,
        ["rare-phrases"] = 0.888,
        ["page-length"] = -2.659,
        ["time-apart"] = -3.668,
        ["words-relative"] = 1.761,
        ["phrases-relative"] = 0.059,
        ["names-relative"] = 0.587,
        ["subjects-relative"] = 0.803,
        ["headlines-relative"] = -1.075,
        ["leads-relative"] = 0.113,
    });
}
