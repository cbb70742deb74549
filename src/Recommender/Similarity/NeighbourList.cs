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
    public bool Evergreen { get; init; }

    /// <summary>Its similarity, less the further apart the two were published: the order in which neighbours are kept.</summary>
    public double Strength { get; init; } = Similarity;

    /// <summary>What else tells whether it belongs under the page, as <see cref="Ranking.Features.PairFeatures"/> packs it; empty when not known.</summary>
    public byte[] Features { get; init; } = [];

    /// <summary>What is left of a similarity between articles that were published so far apart: <c>similarity · (1 + days)^−0.1</c>.</summary>
    public static double StrengthOf(double similarity, TimeSpan apart) => similarity * Math.Pow(1 + Math.Abs(apart.TotalDays), -0.1);

    /// <summary>The same in single precision, for so many days that are not negative.</summary>
    internal static float StrengthOf(float similarity, float days) => similarity * MathF.Pow(1 + days, -0.1f);
}

/// <summary>An article's most similar articles, best first. Time plays no part in it: ages are judged when a list is asked for.</summary>
/// <param name="Page">The article itself.</param>
/// <param name="Neighbours">At most <see cref="Capacity"/>, in order of <see cref="Order"/>.</param>
public sealed record NeighbourList(ArticleCard Page, IReadOnlyList<Neighbour> Neighbours)
{
    /// <summary>Most neighbours that are kept.</summary>
    public const int Capacity = 128;

    /// <summary>Stronger first; equally strong ones by id, so that the order never depends on who came first.</summary>
    public static IComparer<Neighbour> Order { get; } = Comparer<Neighbour>.Create((left, right) =>
        right.Strength.CompareTo(left.Strength) is var byStrength && byStrength != 0
            ? byStrength
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
            && left.Strength == right.Strength
            && left.Published == right.Published
            && left.Features.AsSpan().SequenceEqual(right.Features)
            && left.Evergreen == right.Evergreen
            && left.Topics.SequenceEqual(right.Topics)
            && left.Terms.SequenceEqual(right.Terms),
        neighbour => neighbour.Id.GetHashCode(StringComparison.Ordinal));
}
