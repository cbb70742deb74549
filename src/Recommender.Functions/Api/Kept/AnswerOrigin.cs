using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Functions.Api.Kept;

/// <summary>What an answer was made of, which tells how long it may be given again.</summary>
/// <param name="Site">Whose list it is.</param>
/// <param name="Heard">Changes of the site that were known before it was gathered (<see cref="Changes.ChangeFollower.HeardOf"/>).</param>
/// <param name="Until">When time makes another list of it.</param>
/// <param name="Figures">What is measured of it each time that it is given.</param>
internal sealed record AnswerOrigin(Site Site, long Heard, DateTimeOffset Until, ListFigures Figures)
{
    /// <summary>The origin of a list.</summary>
    public static AnswerOrigin Of(Site site, long heard, MoreStoriesList list, string kind) => new(site, heard, list.Until, ListFigures.Of(list, kind));
}
