using System.Globalization;
using Recommender.Articles;
using Recommender.Tests.Support;

namespace Recommender.Tests.Topics;

/// <summary>Invented stories of three topics, each with words of its own and some that all have.</summary>
internal static class FiledStories
{
    private static readonly string[] Common = ["morning", "people", "said", "council", "week", "street", "plans", "money", "worker", "meeting"];

    private static readonly Dictionary<string, string[]> Own = new(StringComparer.Ordinal)
    {
        ["Harbour"] = ["ferry", "quay", "sailing", "anchor", "tide", "captain", "vessel", "pilot", "crane", "dock", "trawler", "lighthouse"],
        ["Countryside"] = ["orchard", "apple", "frost", "tractor", "meadow", "barn", "harvest", "shepherd", "cider", "hedge", "barley", "lamb"],
        ["Schools"] = ["teacher", "pupil", "classroom", "exam", "headmaster", "lesson", "homework", "playground", "term", "uniform", "library", "maths"],
    };

    public static IReadOnlyCollection<string> Topics => Own.Keys;

    /// <summary>A story that reads like one of <paramref name="topic"/>, filed under <paramref name="filed"/>.</summary>
    public static ArticleInput Of(string topic, int number, params string[] filed)
    {
        var random = new Random(HashCode(topic) + (number * 31));
        string[] Words(string[] from, int count) => [.. Enumerable.Range(0, count).Select(_ => from[random.Next(from.Length)])];
        var title = string.Join(' ', Words(Own[topic], 3).Concat(Words(Common, 2)).Append(number.ToString(CultureInfo.InvariantCulture)));
        var body = string.Join(' ', Words(Own[topic], 14).Concat(Words(Common, 14)).OrderBy(_ => random.Next()));
        return Stories.Story($"{topic.ToLowerInvariant()}-{number}", title, body, new DateTime(2026, 1, 1).AddHours(number).ToString("s", CultureInfo.InvariantCulture), topics: filed);
    }

    /// <summary>So many stories of each topic, filed under it.</summary>
    public static IEnumerable<ArticleInput> Archive(int each) => Own.Keys.SelectMany(topic => Enumerable.Range(1, each).Select(number => Of(topic, number, topic)));

    private static int HashCode(string topic) => topic.Sum(character => character * 7919);
}
