using Recommender.Similarity;

namespace Recommender.Benchmarks.Packing;

/// <summary>Articles as vectors of weighted terms, in double precision, ranked by cosine: what is measured is only what the vectors were made of.</summary>
internal sealed class TermVectors
{
    private readonly Dictionary<string, TermVector> vectors;
    private readonly Dictionary<uint, List<(TermVector Vector, double Weight)>> postings = [];
    private readonly Dictionary<string, double> lengths;

    public TermVectors(IReadOnlyCollection<TermVector> given)
    {
        vectors = given.ToDictionary(vector => vector.Id, StringComparer.Ordinal);
        foreach (var (vector, term) in given.SelectMany(vector => vector.Terms.Select(term => (vector, term))))
        {
            if (!postings.TryGetValue(term.Identity, out var list))
            {
                postings[term.Identity] = list = [];
            }

            list.Add((vector, term.Weight));
        }

        lengths = given.ToDictionary(vector => vector.Id, vector => Math.Sqrt(vector.Terms.Sum(term => Math.Pow(term.Weight * WorthOf(term.Identity), 2))), StringComparer.Ordinal);
    }

    /// <summary>The articles of the same language, published no later, that are nearest to one.</summary>
    public IReadOnlyList<string> Nearest(string id, int count)
    {
        var page = vectors[id];
        var products = new Dictionary<TermVector, double>();
        foreach (var term in page.Terms)
        {
            var weight = term.Weight * Math.Pow(WorthOf(term.Identity), 2);
            foreach (var (story, other) in postings[term.Identity])
            {
                products[story] = products.GetValueOrDefault(story) + (weight * other);
            }
        }

        return [.. products
            .Where(entry => entry.Key != page && entry.Key.Language == page.Language && entry.Key.Published <= page.Published && entry.Value > 0)
            .OrderByDescending(entry => entry.Value / lengths[entry.Key.Id])
            .ThenBy(entry => entry.Key.Id, StringComparer.Ordinal)
            .Take(count)
            .Select(entry => entry.Key.Id)];
    }

    private double WorthOf(uint term) => TermStatistics.Worth(term, postings[term].Count, vectors.Count);
}

/// <summary>An article as a vector.</summary>
internal sealed record TermVector(string Id, string Language, DateTimeOffset Published, IReadOnlyList<(uint Identity, double Weight)> Terms)
{
    public bool Equals(TermVector? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}
