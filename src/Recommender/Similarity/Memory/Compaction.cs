namespace Recommender.Similarity.Memory;

/// <summary>Copies what an index holds without the places, terms and postings of articles that are gone, in order of publication.</summary>
internal static class Compaction
{
    /// <summary>The copies. What terms tell is to be weighed anew.</summary>
    public static (HeldArticles Articles, TermTable Terms) Of(HeldArticles articles, TermTable terms)
    {
        var (living, known) = (new HeldArticles(), terms.Living(out var numbers));
        foreach (var place in articles.Taken.OrderBy(place => articles.At(place).Facts.Published))
        {
            var next = living.Add(articles, place, HeldArticleWriter.Renumber(articles.At(place), numbers));
            for (var held = living.At(next).Terms; held.MoveNext();)
            {
                known.Post(held.Number, next, held.Term.Level);
            }
        }

        known.EndReserving();
        return (living, known);
    }
}
