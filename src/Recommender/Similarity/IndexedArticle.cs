using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>What the similarity index keeps of an article.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Language">Primary subtag of its language: articles are compared within one language.</param>
/// <param name="Terms">Its terms with their weights, without idf.</param>
public sealed record IndexedArticle(string Id, DateTimeOffset Published, string Language, PackedTerms Terms)
{
    /// <summary>Slugs of its topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Length of the tf-idf vector; kept by the index.</summary>
    internal double Norm { get; set; }

    /// <summary>The primary subtag of a language tag: <c>pt</c> of <c>pt-br</c>.</summary>
    public static string PrimaryLanguage(string tag) => tag.Split('-', 2)[0].ToLowerInvariant();
}

/// <summary>An article and how similar another is to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Similarity">0 to 1.</param>
internal readonly record struct NearArticle(string Id, DateTimeOffset Published, double Similarity);
