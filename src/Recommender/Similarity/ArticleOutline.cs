namespace Recommender.Similarity;

/// <summary>What the similarity index tells of an article without its terms.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Language">Primary subtag of its language.</param>
/// <param name="Topics">Slugs of its topics.</param>
/// <param name="HasTerms">Whether it has terms that tell anything.</param>
public sealed record ArticleOutline(string Id, DateTimeOffset Published, string Language, IReadOnlyList<string> Topics, bool HasTerms);
