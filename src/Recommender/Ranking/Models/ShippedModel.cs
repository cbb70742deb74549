namespace Recommender.Ranking.Models;

/// <summary>
/// The weights that work without training. They are a logistic regression over two corpora that could hardly be less alike, long posts with authors' links and one-paragraph news of
/// running stories; the first counts three times, for it is more like what publishers' pages are. <c>tests/Recommender.Benchmarks -- weights --shares 3 1</c> fits them again and shows what each feature is worth.
/// </summary>
public static class ShippedModel
{
    /// <summary>The model.</summary>
    public static RelevanceModel Instance { get; } = new LinearModel("shipped", -3.834, new Dictionary<string, double>
    {
        ["words"] = 1.744,
        ["phrases"] = -1.749,
        ["names"] = 1.04,
        ["subjects"] = 0.717,
        ["headlines"] = 1.232,
        ["leads"] = -0.006,
        ["headline-in-page"] = 0.982,
        ["page-headline-in-story"] = -1.137,
        ["introduction-in-page"] = 0.3,
        ["topics"] = 0.639,
        ["shared-topics"] = 1.24,
        ["length"] = 1.857,
        ["rare-words"] = 3.208,
        ["rare-phrases"] = 3.055,
        ["page-length"] = -1.874,
        ["time-apart"] = -3.748,
        ["words-relative"] = 1.424,
        ["phrases-relative"] = 0.46,
        ["names-relative"] = 0.22,
        ["subjects-relative"] = 0.63,
        ["headlines-relative"] = -0.602,
        ["leads-relative"] = 0.286,
    });
}
