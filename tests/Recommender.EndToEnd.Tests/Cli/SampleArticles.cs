using System.Globalization;
using System.Text.Json;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Invented articles as JSON Lines, as many as wanted and the same each time.</summary>
internal static class SampleArticles
{
    private static readonly string[] Places = ["Gullhaven", "Otterbeck", "Saltmarsh", "Brackwater", "Highmoor", "Fennick"];
    private static readonly string[] Things = ["lighthouse", "ferry", "orchard", "library", "bakery", "tramway", "harbour", "school", "windmill", "museum", "market", "bridge"];
    private static readonly string[] Deeds = ["reopens", "closes", "celebrates", "repairs", "rebuilds", "sells", "restores", "inspects"];
    private static readonly string[] Words =
    [
        "council", "volunteers", "engine", "timber", "storm", "budget", "festival", "captain", "teacher", "apples", "bread", "rails", "paint", "roof", "tide",
        "signal", "lantern", "committee", "neighbours", "winter", "ticket", "harvest", "archive", "stone", "workshop", "painting", "choir", "garden", "river",
    ];

    /// <summary>The articles' ids, in the order of the lines.</summary>
    public static IReadOnlyList<string> Ids(int count) => [.. Enumerable.Range(0, count).Select(Id)];

    /// <summary>A file of articles.</summary>
    /// <param name="count">How many.</param>
    /// <param name="version">Another version has other texts and, for every third article, another date.</param>
    public static string Lines(int count, int version = 1) => string.Concat(Enumerable.Range(0, count).Select(number => Line(number, version) + "\n"));

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"story-{number:D5}");

    private static string Line(int number, int version)
    {
        var random = new Random(number);
        var (place, thing, deed) = (Pick(random, Places), Pick(random, Things), Pick(random, Deeds));
        var published = new DateTimeOffset(2025, 1, 1, 6, 0, 0, TimeSpan.Zero).AddHours(number % 1_000).AddDays(number % 3 == 0 ? 40 * (version - 1) : 0);
        var texts = new Random((number * 31) + version);
        return JsonSerializer.Serialize(new
        {
            id = Id(number),
            url = $"https://courier.example/{Id(number)}",
            title = $"{place} {deed} its {Pick(texts, Words)} {thing} no. {number}",
            dek = $"How the {thing} of {place} came to need {Pick(texts, Words)} & {Pick(texts, Words)}.",
            body = string.Join("\n\n", Enumerable.Range(0, 4).Select(_ => Sentence(texts, place, thing))),
            published = published.ToString("O", CultureInfo.InvariantCulture),
            topics = new[] { place, $"The {thing}" },
            language = "en",
        });
    }

    private static string Sentence(Random random, string place, string thing) =>
        $"In {place} the {thing} and the {string.Join(' ', Enumerable.Range(0, 25).Select(_ => Pick(random, Words)))}.";

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
