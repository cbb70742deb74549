using Recommender.Similarity;

namespace Recommender.Ranking;

/// <summary>
/// What a link in a body says of whether two articles belong together. It is no feature that rankers weigh, for links are what they learn from: one that saw them would learn nothing else, and
/// fail on new pages, which have none yet.
/// </summary>
internal static class LinkEvidence
{
    /// <summary>The log-odds that links add.</summary>
    public static double LogOdds(BodyLinks links) => links switch
    {
        BodyLinks.None => 0,

        // Twenty times the odds: an author chose the story for this page. Being mentioned by a later story says a little less.
        BodyLinks.ToStory => 3,
        BodyLinks.ToPage => 2,
        _ => 4,
    };

    /// <summary>The links in words.</summary>
    public static string Describe(BodyLinks links) => links switch
    {
        BodyLinks.None => "neither links to the other",
        BodyLinks.ToStory => "the page links to it",
        BodyLinks.ToPage => "it links to the page",
        _ => "they link to each other",
    };
}
