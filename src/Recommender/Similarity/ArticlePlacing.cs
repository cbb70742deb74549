using Recommender.Articles;
using Recommender.Embeddings;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// Places articles among a site's subjects when they are published: by embeddings where the site has them, else by their terms. An article whose embedding cannot be had at once has no place
/// until the next reindex; a text that was embedded before is not embedded again.
/// </summary>
public sealed class ArticlePlacing(SiteSubjects subjects, SiteEmbeddings embeddings, Embedder embedder)
{
    /// <summary>Their places, in their order.</summary>
    public async Task<IReadOnlyList<LatentPlace>> PlaceAsync(Site site, IReadOnlyList<ToPlace> articles, CancellationToken cancellation = default)
    {
        if (await embeddings.GetAsync(site, cancellation) is not { } placement)
        {
            var projection = await subjects.GetAsync(site, cancellation);
            return [.. articles.Select(article => new LatentPlace(projection.Of(article.Terms)))];
        }

        var places = new LatentPlace[articles.Count];
        var open = new List<(int Place, string Text, long Stamp)>();
        foreach (var (place, article) in articles.Index())
        {
            var (text, stamp) = placement.TextOf(article.Article);
            if (article.Existing is { } existing && existing.Embedded == stamp)
            {
                places[place] = new LatentPlace(existing.Latent, stamp);
            }
            else
            {
                open.Add((place, text, stamp));
            }
        }

        foreach (var batch in open.Chunk(embedder.Options.BatchSize))
        {
            // Where one fails the next is not even tried: the embedder pauses.
            if (await embedder.TryEmbedAsync(site, [.. batch.Select(asked => asked.Text)], placement.Reduction.Dimensions, cancellation) is { } vectors)
            {
                foreach (var (asked, vector) in batch.Zip(vectors))
                {
                    places[asked.Place] = placement.Of(vector, asked.Stamp);
                }
            }
        }

        return places;
    }
}

/// <summary>An article that is to be placed.</summary>
/// <param name="Article">Its content.</param>
/// <param name="Existing">Its row as it is; null when there is none.</param>
/// <param name="Terms">Its terms.</param>
public readonly record struct ToPlace(Article Article, StoredArticle? Existing, PackedTerms Terms);
