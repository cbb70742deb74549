using System.IO.Hashing;
using System.Text;
using Recommender.Ranking.Models;

namespace Recommender.Ranking.Learning;

/// <summary>What learning is worth to pages that were not learned from.</summary>
/// <param name="Current">nDCG@5 of the ranker in use.</param>
/// <param name="Learned">nDCG@5 of rankers that were learned without the page in question.</param>
public readonly record struct RankerValidation(double Current, double Learned)
{
    /// <summary>Parts into which pages are divided: each is judged by what was learned from the others.</summary>
    public const int Folds = 5;

    /// <summary>Measures both.</summary>
    /// <param name="lists">Judged pages.</param>
    /// <param name="current">The ranker in use.</param>
    /// <param name="division">Which division of the pages into parts; another one gives other figures, by chance.</param>
    public static RankerValidation Of(IReadOnlyList<JudgedList> lists, RelevanceModel current, int division = 0)
    {
        var (before, after) = (0.0, 0.0);
        foreach (var held in lists.GroupBy(list => FoldOf(list.Page, Folds, division)).OrderBy(part => part.Key))
        {
            var others = lists.Where(list => FoldOf(list.Page, Folds, division) != held.Key).ToList();
            var learned = RankerTrainer.CanLearnFrom(others) ? RankerTrainer.Train(others, "fold") : current;
            before += held.Sum(list => list.NdcgOf(current));
            after += held.Sum(list => list.NdcgOf(learned));
        }

        return new RankerValidation(before / lists.Count, after / lists.Count);
    }

    /// <summary>The part to which a page belongs, always the same.</summary>
    public static int FoldOf(string page, int folds, int division = 0) => (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(page), division) % (ulong)folds);
}
