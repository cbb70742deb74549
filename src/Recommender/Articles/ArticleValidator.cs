using System.Diagnostics.CodeAnalysis;
using Recommender.Sites;

namespace Recommender.Articles;

/// <summary>Makes an <see cref="Article"/> of an <see cref="ArticleInput"/>, or says for each field what is wrong.</summary>
public sealed class ArticleValidator(TimeProvider time)
{
    /// <summary>Whether <paramref name="input"/> can be an article of <paramref name="site"/>.</summary>
    public bool TryValidate(Site site, ArticleInput input, [NotNullWhen(true)] out Article? article, out IReadOnlyList<FieldError> errors)
    {
        _ = time;
        throw new NotImplementedException();
    }
}
