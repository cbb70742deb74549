using Recommender.Sites;

namespace Recommender.MoreStories;

/// <summary>Answers pages.</summary>
public sealed class MoreStoriesService
{
    /// <summary>The list for a page.</summary>
    public Task<MoreStoriesList> GetAsync(Site site, ListRequest request, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>The newest stories of a topic (slug; null: of the site) at <paramref name="at"/>, in the shape of a list with state <see cref="ListState.Fallback"/> or <see cref="ListState.Empty"/>.</summary>
    public Task<MoreStoriesList> LatestAsync(Site site, string? topic, int? count, DateTimeOffset? at = null, CancellationToken cancellation = default) => throw new NotImplementedException();
}
