using Recommender.Cli.Sessions;
using Recommender.Evaluation;
using Recommender.Ranking.Learning;

namespace Recommender.Cli.Evaluating;

/// <summary>Learns rankers from judged pages and lets the index answer by them, never a page by one that was learned from it.</summary>
internal sealed class RankerTraining
{
    private const int Folds = RankerValidation.Folds;

    private readonly Session session;
    private readonly IReadOnlyList<JudgedList> lists;

    private RankerTraining(Session session, IReadOnlyList<JudgedList> lists) => (this.session, this.lists) = (session, lists);

    /// <summary>Pages that teach something: others have nothing older judged beside them.</summary>
    public int Pages => lists.Count;

    /// <summary>Takes the lists of judged pages from an index.</summary>
    /// <exception cref="CommandException">There are too few to learn from.</exception>
    public static async Task<RankerTraining> PrepareAsync(ScratchIndex index, Qrels qrels, CancellationToken cancellation)
    {
        var judgements = qrels.Queries.ToDictionary(query => query, qrels.Of, StringComparer.Ordinal);
        var lists = await index.Session.Get<JudgedLists>().ReadAsync(index.Session.Site, judgements, id => index.Articles.Find(id)?.Published, cancellation);
        return lists.Count >= RankerLearning.FewestPages
            ? new RankerTraining(index.Session, lists)
            : throw new CommandException($"To learn a ranker takes {RankerLearning.FewestPages} judged pages with older stories beside them; there are {lists.Count}.");
    }

    /// <summary>Number of queries that are also learned from.</summary>
    public int Shared(Qrels qrels) => qrels.Queries.Intersect(lists.Select(list => list.Page)).Count();

    /// <summary>The rounds in which all queries are answered.</summary>
    public IReadOnlyList<ReplayRound> Rounds(Qrels qrels)
    {
        var taught = lists.Select(list => list.Page).ToHashSet(StringComparer.Ordinal);
        var rounds = qrels.Queries.Where(taught.Contains).GroupBy(page => RankerValidation.FoldOf(page, Folds)).OrderBy(fold => fold.Key)
            .Select(fold => new ReplayRound(token => AdoptAsync([.. lists.Where(list => RankerValidation.FoldOf(list.Page, Folds) != fold.Key)], token), [.. fold]));
        List<string> strangers = [.. qrels.Queries.Where(page => !taught.Contains(page))];
        return strangers.Count == 0 ? [.. rounds] : [.. rounds, new ReplayRound(token => AdoptAsync(lists, token), strangers)];
    }

    private async Task AdoptAsync(IReadOnlyList<JudgedList> taught, CancellationToken cancellation) => await session.Get<RankerLearning>().AdoptAsync(
        session.Site, await Task.Run(() => RankerTrainer.Train(taught, "evaluation"), cancellation), cancellation);
}
