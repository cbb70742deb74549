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

    /// <summary>The numbers of its terms in the index, in their order, −1 for one that no article there has; kept by the index.</summary>
    internal int[] Numbers { get; set; } = [];

    /// <summary>Lengths of its vectors; kept by the index.</summary>
    internal VectorLengths Lengths { get; set; }

    /// <summary>32 bits of XXH3 over a canonical URL: enough to tell whether one article links to another that is near it anyway.</summary>
    public static uint HashOf(string url) => (uint)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(url));

    /// <summary>The primary subtag of a language tag: <c>pt</c> of <c>pt-br</c>.</summary>
    public static string PrimaryLanguage(string tag) => tag.Split('-', 2)[0].ToLowerInvariant();
}

/// <summary>Lengths of an article's vectors of weighted terms, by which their products become cosines.</summary>
internal readonly record struct VectorLengths
{
    /// <summary>Of all terms.</summary>
    public float Terms { get; init; }

    /// <summary>Of single words.</summary>
    public float Words { get; init; }

    /// <summary>Of pairs of words.</summary>
    public float Pairs { get; init; }

    /// <summary>Of names.</summary>
    public float Names { get; init; }

    /// <summary>Of the words in the headline.</summary>
    public float Headline { get; init; }

    /// <summary>Of the words in dek and lead.</summary>
    public float Lead { get; init; }

    /// <summary>Of topics.</summary>
    public float Topics { get; init; }

    /// <summary>What the words in the headline tell, summed.</summary>
    public float HeadlineWorth { get; init; }

    /// <summary>What the words in headline and dek tell, summed.</summary>
    public float IntroductionWorth { get; init; }
}

/// <summary>An article and how similar another is to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Similarity">0 to 1.</param>
internal readonly record struct NearArticle(string Id, DateTimeOffset Published, double Similarity);
