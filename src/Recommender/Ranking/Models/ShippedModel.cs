namespace Recommender.Ranking.Models;

/// <summary>
/// The weights that work without training. They are a logistic regression over two corpora that could hardly be less alike, long posts with authors' links and one-paragraph news of
/// running stories, each counting as much as the other; <c>tests/Recommender.Benchmarks -- weights</c> fits them again and shows what each feature is worth.
/// </summary>
public static class ShippedModel
{
    /// <summary>The model.</summary>
    public static RelevanceModel Instance { get; } = new LinearModel("shipped", -7.5, new Dictionary<string, double>
    {
        ["words"] = 6.9,
        ["phrases"] = -4,
        ["names"] = 0.9,
        ["subjects"] = 0.4,
        ["headlines"] = -2.2,
        ["leads"] = -2.9,
        ["headline-in-page"] = 1.6,
        ["page-headline-in-story"] = 0.2,
        ["introduction-in-page"] = -0.6,
        ["topics"] = 1.6,
        ["shared-topics"] = 0.5,
        ["length"] = -0.5,
        ["time-apart"] = -3.7,
        ["words-relative"] = 0.1,
        ["phrases-relative"] = 1.3,
        ["names-relative"] = 0.7,
        ["subjects-relative"] = 1.2,
        ["headlines-relative"] = 0.75,
        ["leads-relative"] = 1.3,
    });
}
