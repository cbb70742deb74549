using System.Collections.Concurrent;
using Recommender.Articles;
using Recommender.Models;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Topics;

/// <summary>The topic model of each site, as reindex left it last.</summary>
public sealed class TopicModels(ModelTable models)
{
    private const string Name = "topics";
    private readonly ConcurrentDictionary<string, (long Generation, TopicModel? Model)> loaded = new(StringComparer.Ordinal);

    /// <summary>The site's model; null when it has none, or does not want one.</summary>
    public async Task<TopicModel?> GetAsync(Site site, CancellationToken cancellation = default)
    {
        if (!site.ClassifyTopics)
        {
            return null;
        }

        var generation = await models.GenerationAsync(site, Name, cancellation);
        if (loaded.TryGetValue(site.Id, out var known) && known.Generation == generation)
        {
            return known.Model;
        }

        var model = generation > 0 && await models.GetAsync(site, Name, cancellation) is { } bytes ? TopicModel.FromBytes(bytes) : null;
        loaded[site.Id] = (generation, model);
        return model;
    }

    /// <summary>Replaces the site's model; with null there is none any more.</summary>
    public async Task PutAsync(Site site, TopicModel? model, CancellationToken cancellation = default)
    {
        if (model is null)
        {
            await models.DeleteAsync(site, Name, cancellation);
        }
        else
        {
            await models.PutAsync(site, Name, model.ToBytes(), cancellation);
        }
    }

    /// <summary>
    /// An article with the topics that are assigned to it: none when its publisher filed it, for these always count. While there is no model yet, those stay that came with it
    /// from another store.
    /// </summary>
    public static Article Assign(Site site, TopicModel? model, Article article, PackedTerms terms) => article with
    {
        AssignedTopics = article.Topics.Count > 0 || !site.ClassifyTopics ? [] : model is null ? article.AssignedTopics : model.Classify(terms),
    };
}
