using Recommender.MoreStories;
using Recommender.Sites;

namespace Recommender.Editorial.Publishing;

/// <summary>Looks, after a publication, at the list that readers get.</summary>
public sealed class PublishedCheck(MoreStoriesService lists, TimeProvider time)
{
    /// <summary>Asks for a page's list as its readers do and compares it with the reviewed one.</summary>
    public async Task<Verification> VerifyAsync(Site site, string page, MoreStoriesList reviewed, CancellationToken cancellation = default)
    {
        var served = await lists.GetAsync(site, new ListRequest { Id = page }, cancellation);
        return new Verification(served.Items.Select(item => item.Card.Id).SequenceEqual(reviewed.Items.Select(item => item.Card.Id)), time.GetUtcNow(), served);
    }
}

/// <summary>What readers get.</summary>
/// <param name="IsAsReviewed">Whether it is the list that was reviewed.</param>
/// <param name="Time">When it was asked for.</param>
/// <param name="List">The list.</param>
public sealed record Verification(bool IsAsReviewed, DateTimeOffset Time, MoreStoriesList List);
