using Recommender.Articles;

namespace Recommender.Functions.Api.Articles;

/// <summary>What became of an article.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome"><c>created</c>, <c>updated</c>, <c>unchanged</c> or, when its page is gone, <c>removed</c>.</param>
internal sealed record PublishAnswer(string? Id, string Outcome)
{
    /// <summary>Says that an article's page was gone.</summary>
    public const string Removed = "removed";

    /// <summary>An outcome as the API writes it.</summary>
    public static string Word(PublishOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
