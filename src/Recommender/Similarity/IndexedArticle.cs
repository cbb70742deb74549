using System.IO.Hashing;
using System.Text;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>What the similarity index keeps of an article.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Language">Primary subtag of its language: articles are compared within one language.</param>
/// <param name="Terms">Its terms with their weights, without what the corpus makes of them.</param>
public sealed record IndexedArticle(string Id, DateTimeOffset Published, string Language, PackedTerms Terms)
{
    /// <summary>Slugs of its topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Whether it is of use whatever its age.</summary>
    public bool Evergreen { get; init; }

    /// <summary>Its address, hashed by <see cref="HashOf"/>.</summary>
    public uint Address { get; init; }

    /// <summary>Addresses that its body links to, hashed.</summary>
    public IReadOnlyList<uint> Links { get; init; } = [];

    /// <summary>Its place among the latent subjects of the site; null before the site's first reindex.</summary>
    public LatentVector? Latent { get; init; }

    /// <summary>32 bits of XXH3 over a canonical URL: enough to tell whether one article links to another that is near it anyway.</summary>
    public static uint HashOf(string url) => (uint)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(url));

    /// <summary>The primary subtag of a language tag: <c>pt</c> of <c>pt-br</c>.</summary>
    public static string PrimaryLanguage(string tag) => tag.Split('-', 2)[0].ToLowerInvariant();
}

/// <summary>An article and how similar another is to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Similarity">0 to 1.</param>
/// <param name="Number">Its number among articles that were entered one after the other; −1 where they were not.</param>
internal readonly record struct NearArticle(string Id, DateTimeOffset Published, double Similarity, int Number = -1);
