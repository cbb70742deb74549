using Recommender.Changes;
using Recommender.Models;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Ranking.Learning;

/// <summary>Learns how alike a site's stories are by chance, and the site's own ranker, and lets it replace the one in use only where it does better on pages that it did not learn from.</summary>
public sealed class RankerLearning(EditorialEvidence evidence, JudgedLists lists, SiteRankers rankers, ModelTable models, ChangeFollower changes)
{
    /// <summary>Fewest judged pages worth learning from.</summary>
    public const int FewestPages = 100;

    /// <summary>Learns from what the site's editors did.</summary>
    /// <param name="site">The site.</param>
    /// <param name="index">Its stories.</param>
    /// <param name="run">Id of the run, by which explanations name the ranker.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Figures: the similarity below which stories are alike by chance, judged pages, nDCG@5 of the ranker in use and of the learned one, and whether this was adopted (1 or 0).</returns>
    public async Task<IReadOnlyDictionary<string, double>> LearnAsync(Site site, SimilarityIndex index, string run, CancellationToken cancellation = default)
    {
        var figures = new Dictionary<string, double>();
        var chance = ChanceSimilarity.Measure(index);
        await rankers.PutFloorAsync(site, chance, cancellation);
        await changes.AnnounceAsync(site, new Change { Models = true }, cancellation);
        if (chance is { } measured)
        {
            figures["similarity.chance"] = measured;
        }

        var (judgements, published) = await evidence.ReadAsync(site, cancellation);
        var judged = await lists.ReadAsync(site, judgements, id => published.TryGetValue(id, out var instant) ? instant : null, cancellation);
        figures["ranker.pages"] = judged.Count;
        if (judged.Count < FewestPages || !RankerTrainer.CanLearnFrom(judged))
        {
            return figures;
        }

        // The ranker in use may have learned from the very pages that are held out: it is judged as it would be learned anew, or as shipped, whichever it is.
        var validation = RankerValidation.Of(judged, ShippedModel.Instance);
        figures["ranker.ndcg@5.shipped"] = Math.Round(validation.Current, 4);
        figures["ranker.ndcg@5.learned"] = Math.Round(validation.Learned, 4);
        var isBetter = validation.Learned > validation.Current;
        figures["ranker.adopted"] = isBetter ? 1 : 0;
        if (isBetter)
        {
            await AdoptAsync(site, RankerTrainer.Train(judged, $"run {run}"), cancellation);
        }
        else if (await rankers.GetAsync(site, cancellation) != ShippedModel.Instance)
        {
            await models.DeleteAsync(site, SiteRankers.ModelName, cancellation);
            await changes.AnnounceAsync(site, new Change { Models = true }, cancellation);
        }

        return figures;
    }

    /// <summary>Lets a ranker judge the site's lists from now on.</summary>
    public async Task AdoptAsync(Site site, LearnedModel ranker, CancellationToken cancellation = default)
    {
        await models.PutAsync(site, SiteRankers.ModelName, ranker.ToBytes(), cancellation);
        await changes.AnnounceAsync(site, new Change { Models = true }, cancellation);
    }
}
