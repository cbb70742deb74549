using System.Diagnostics.CodeAnalysis;
using Recommender.Sites;

namespace Recommender.Articles;

/// <summary>Makes an <see cref="Article"/> of an <see cref="ArticleInput"/>, or says for each field what is wrong.</summary>
public sealed class ArticleValidator(TimeProvider time)
{
    /// <summary>Whether <paramref name="input"/> can be an article of <paramref name="site"/>.</summary>
    public bool TryValidate(Site site, ArticleInput input, [NotNullWhen(true)] out Article? article, out IReadOnlyList<FieldError> errors)
    {
        errors = []; article = null;
        if (!CanonicalUrl.TryParse(input.Url, out var url)) { errors = [new("url", "bad")]; return false; }
        if (input.Title is null) { errors = [new("title", "bad")]; return false; }
        article = new Article { Id = input.Id ?? ArticleId.FromUrl(url), Url = url, Title = input.Title, Dek = input.Dek ?? "", Body = input.Body ?? "", Published = input.Published is null ? time.GetUtcNow() : DateTimeOffset.Parse(input.Published, System.Globalization.CultureInfo.InvariantCulture), Topics = [.. (input.Topics ?? []).Select(t => new Topic(t.ToLowerInvariant(), t))], Language = input.Language ?? site.Language };
        return true;
    }
}
