using Recommender.Articles;
using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Topics;

/// <summary>Learns a site's topics anew and files under them what nobody filed: a part of every reindex.</summary>
public sealed class TopicFiling(ArticleTable articles, ArticleProjection projection, SiteIndexes indexes, TopicModels models, Journal journal, SiteGates gates)
{
    private const int BlockSize = 256;
    private const int Attempts = 5;

    /// <summary>Learns, files, and tells how that went.</summary>
    /// <returns><c>topics.filed</c>: articles with topics of their own; <c>topics.known</c>: topics learned; <c>topics.assigned</c>: articles filed; and, when there is a model, how good it is.</returns>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(Site site, CancellationToken cancellation = default)
    {
        var (filed, count, open) = await GatherAsync(site, cancellation);
        var (model, measured) = site.ClassifyTopics ? TopicTrainer.Train(filed, cancellation) : (null, null);
        await models.PutAsync(site, model, cancellation);
        var assigned = 0;
        foreach (var block in open.Chunk(BlockSize))
        {
            using (await gates.EnterAsync(site, cancellation))
            {
                assigned += await FileAsync(site, model, block, cancellation);
            }
        }

        var figures = new Dictionary<string, double> { ["topics.filed"] = count, ["topics.known"] = model?.Topics.Count ?? 0, ["topics.assigned"] = assigned };
        if (model is not null && measured is not null)
        {
            figures["topics.floor"] = model.Floor;
            figures["topics.macro-f1"] = Math.Round(measured.MacroF1, 4);
            figures["topics.micro-f1"] = Math.Round(measured.MicroF1, 4);
            figures["topics.precision"] = Math.Round(measured.Precision, 4);
            figures["topics.coverage"] = Math.Round(measured.Coverage, 4);
            figures["topics.held-out"] = measured.HeldOut;
        }

        return figures;
    }

    // Of very many that are filed only those that are learned from.
    private async Task<(List<FiledArticle> Filed, int Count, List<string> Open)> GatherAsync(Site site, CancellationToken cancellation)
    {
        var (filed, count, open) = (new TopicSample(TopicTrainer.MostArticles), 0, new List<string>());
        await foreach (var stored in articles.AllAsync(site, cancellation))
        {
            if (stored is { Article: { Topics.Count: > 0 } article, Terms: { } terms })
            {
                count++;
                filed.Add(new FiledArticle(stored.Id, terms, article.Topics));
            }
            else if (stored.Article is not null)
            {
                open.Add(stored.Id);
            }
        }

        return (filed.Articles, count, open);
    }

    private async Task<int> FileAsync(Site site, TopicModel? model, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var read = await Task.WhenAll(ids.Select(id => articles.GetAsync(site, id, cancellation)));
            var stored = read.OfType<StoredArticle>().Where(article => article is { Article.Topics.Count: 0, Terms: not null }).ToList();
            var filed = stored.ConvertAll(article => (Before: article, After: article.Article! with { AssignedTopics = model?.Classify(article.Terms!) ?? [] }));
            try
            {
                var changed = filed.Where(article => !article.After.AssignedTopics.SequenceEqual(article.Before.Article!.AssignedTopics));
                await WriteAsync(site, [.. changed.Select(article => Refiled(article.Before, article.After))], cancellation);
                return filed.Count(article => article.After.AssignedTopics.Count > 0);
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                // Another process published one of them meanwhile: look again.
            }
        }
    }

    // The same care as with a publication: whoever finds this half done completes it.
    private async Task WriteAsync(Site site, List<StoredArticle> changed, CancellationToken cancellation)
    {
        if (changed.Count == 0)
        {
            return;
        }

        var ids = changed.ConvertAll(article => article.Id);
        var key = await journal.BeginAsync(site, new Intent { Articles = ids, Relist = ids }, cancellation);
        var pending = await articles.WriteAsync(site, changed, cancellation);
        await projection.ApplyAsync(site, await indexes.GetAsync(site), pending, withLists: false, cancellation);
        await journal.CompleteAsync(site, [key], cancellation);
    }

    private static StoredArticle Refiled(StoredArticle before, Article after) => before with
    {
        Article = after,
        Pending = true,
        Stale = [.. ArticleWriter.StalePlaces(before).Except(Timeline.Places(after))],
    };
}
