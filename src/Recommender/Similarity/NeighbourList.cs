using System.Text.Json.Serialization;
using Recommender.Articles;

namespace Recommender.Similarity;

/// <summary>One of an article's most similar articles.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Similarity">Cosine of the two articles' weighted terms, 0 to 1.</param>
/// <param name="Published">When it was published, which with the id also tells where its card is.</param>
/// <param name="Terms">The shared terms that contribute most, in their surface form, the weightiest first.</param>
public sealed record Neighbour(string Id, double Similarity, DateTimeOffset Published, IReadOnlyList<string> Terms)
{
    /// <summary>Slugs of its topics, which tell how fast it ages.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Whether it is of use whatever its age.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Evergreen { get; init; }
}

/// <summary>An article's most similar articles, best first. Time plays no part in it: ages are judged when a list is asked for.</summary>
/// <param name="Page">The article itself.</param>
/// <param name="Neighbours">At most <see cref="Capacity"/>, in order of <see cref="Order"/>.</param>
public sealed record NeighbourList(ArticleCard Page, IReadOnlyList<Neighbour> Neighbours)
{
    /// <summary>Most neighbours that are kept.</summary>
    public const int Capacity = 64;

    /// <summary>More similar first; equally similar ones by id, so that the order never depends on who came first.</summary>
    public static IComparer<Neighbour> Order { get; } = Comparer<Neighbour>.Create((left, right) =>
        right.Similarity.CompareTo(left.Similarity) is var bySimilarity && bySimilarity != 0
            ? bySimilarity
            : string.CompareOrdinal(left.Id, right.Id));

    /// <summary>The list after <paramref name="arrivals"/> took their places and <paramref name="departures"/> (ids) left.</summary>
    /// <returns>Null when that changes nothing.</returns>
    public NeighbourList? With(IEnumerable<Neighbour> arrivals, IReadOnlySet<string> departures)
    {
        var arriving = arrivals.Where(arrival => arrival.Id != Page.Id).ToDictionary(arrival => arrival.Id, StringComparer.Ordinal);
        var next = Neighbours
            .Where(neighbour => !departures.Contains(neighbour.Id) && !arriving.ContainsKey(neighbour.Id))
            .Concat(arriving.Values)
            .Order(Order)
            .Take(Capacity)
            .ToList();
        return next.SequenceEqual(Neighbours, SameEntry) ? null : this with { Neighbours = next };
    }

    private static IEqualityComparer<Neighbour> SameEntry { get; } = EqualityComparer<Neighbour>.Create(
        (left, right) => left!.Id == right!.Id
            && left.Similarity == right.Similarity
            && left.Published == right.Published
            && left.Evergreen == right.Evergreen
            && left.Topics.SequenceEqual(right.Topics)
            && left.Terms.SequenceEqual(right.Terms),
        neighbour => neighbour.Id.GetHashCode(StringComparison.Ordinal));
}
