using CsCheck;
using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Text;
using Recommender.Threads;

namespace Recommender.Tests.Threads;

/// <summary>Grouping alone, over an index without a store.</summary>
public sealed class ThreadClusteringTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words = ["ferry", "harbour", "strike", "union", "mediator", "apple", "frost", "orchard", "cider", "blossom", "bridge", "council", "budget", "school", "teacher", "lantern"];

    private static readonly Gen<(int Day, string[] Words)[]> Corpora =
        Gen.Select(Gen.Int[0, 200], Gen.OneOf(Words).Array[1, 8], (day, words) => (day, words)).Array[0, 30];

    [Fact]
    public void The_same_articles_are_grouped_the_same_in_whatever_order_they_entered_the_index() =>
        Gen.Select(Corpora, Gen.Int[1, 1_000_000]).Sample((corpus, seed) =>
        {
            var articles = corpus.Select((entry, place) => Article($"s{place}", entry.Day, entry.Words)).ToList();
            var shuffled = articles.ToArray();
            new Random(seed).Shuffle(shuffled);
            using var one = Index(articles);
            using var other = Index(shuffled);

            Assert.Equal(Shape(Replay(one)), Shape(Replay(other)));
        });

    [Fact]
    public void Articles_placed_one_by_one_in_order_of_publication_are_grouped_as_all_at_once() =>
        Corpora.Sample(corpus =>
        {
            using var index = Index(corpus.Select((entry, place) => Article($"s{place}", entry.Day, entry.Words)));
            var map = new ThreadMap();
            var clustering = new ThreadClustering(index, ThreadSettings.Default);
            foreach (var id in index.Ids.OrderBy(id => index.Find(id)!.Published).ThenBy(id => id, StringComparer.Ordinal))
            {
                clustering.Place(map, [id]);
            }

            Assert.Equal(Shape(Replay(index)), Shape(map));
        });

    [Fact]
    public void Of_years_of_articles_only_those_in_reach_are_looked_at_and_no_other_would_count()
    {
        const int Articles = 900;
        var random = new Random(20261127);
        using var index = Index(Enumerable.Range(0, Articles).Select(number => Article($"s{number}", random.Next(1_100), [.. Enumerable.Range(0, 1 + random.Next(8)).Select(_ => Words[random.Next(Words.Length)])])));
        var map = new ThreadMap();
        var clustering = new ThreadClustering(index, ThreadSettings.Default);
        foreach (var article in index.Outlines.OrderBy(article => article.Published).ThenBy(article => article.Id, StringComparer.Ordinal))
        {
            clustering.Place(map, [article.Id]);
        }

        Assert.NotEmpty(map.All);
        Assert.Equal(Shape(map), Shape(Replay(index)));
    }

    [Fact]
    public void Whatever_comes_and_goes_a_thread_has_two_articles_one_language_and_one_name() =>
        Gen.Select(Corpora, Gen.Int[0, 29].Array[0, 20]).Sample((corpus, again) =>
        {
            using var index = Index(corpus.Select((entry, place) => Article($"s{place}", entry.Day, entry.Words, place % 4 == 0 ? "es" : "en")));
            var map = Replay(index);
            var clustering = new ThreadClustering(index, ThreadSettings.Default);
            foreach (var (step, place) in again.Index())
            {
                if (step % 2 == 0)
                {
                    map.TakeOut($"s{place}");
                }
                else
                {
                    clustering.Place(map, [$"s{place}"]);
                }
            }

            Assert.All(map.All, thread =>
            {
                Assert.True(thread.Members.Count > 1);
                Assert.Single(thread.Members.Select(member => index.Find(member.Id)!.Language).Distinct());
                Assert.Single(thread.Members.Select(member => map.ThreadOf(member.Id)).Distinct());
            });
            Assert.Equal(map.All.Count, map.All.DistinctBy(thread => thread.Thread.Id).Count());
            Assert.Equal(map.Ids.Count(id => map.ThreadOf(id) is not null), map.All.Sum(thread => thread.Members.Count));
        });

    [Fact]
    public void A_score_halves_in_the_time_of_patience_and_falls_below_any_threshold_at_the_window()
    {
        var settings = ThreadSettings.Default;

        Assert.Equal(1, settings.Decay(TimeSpan.Zero));
        Assert.Equal(0.5, settings.Decay(-settings.Patience), 9);
        Assert.Equal(settings.Threshold, settings.Decay(settings.Window), 9);
    }

    [Fact]
    public void A_thread_is_named_by_what_most_of_its_articles_share_as_they_write_it()
    {
        string[] bodies =
        [
            "The dredging of Gullhaven Harbour begins in May. Pilots welcome it.",
            "Silt costs money: dredging in Gullhaven Harbour will take the whole summer.",
            "Anglers fear that dredging drives the herring out of Gullhaven Harbour.",
        ];
        var fillers = Words.Except(["harbour"]).Select((word, place) => Article($"filler-{place}", 0, [word]));
        using var index = Index(bodies.Select((body, place) => Article($"dredging-{place}", place, [body])).Concat(fillers));

        var name = ThreadReplay.Run(index, [ThreadSettings.Default with { Threshold = 0.01 }])[0].ThreadOf("dredging-1")!.Name;

        Assert.Equal("Gullhaven Harbour · dredging", name);
    }

    [Fact]
    public void Other_topics_keep_articles_apart_that_little_connects()
    {
        var together = new[] { Article("a", 0, ["ferry harbour strike lantern"]), Article("b", 1, ["ferry council budget school"]) };
        using var open = Index(together);
        var score = open.Similarity("a", "b")!.Value;
        var settings = ThreadSettings.Default with { Threshold = score * 0.8 * ThreadSettings.Default.Threshold / ThreadSettings.Default.ThresholdAmong(2) };
        using var filed = Index(together.Select((article, place) => article with { Topics = [new Topic($"t{place}", "T")] }));

        Assert.NotNull(ThreadReplay.Run(open, [settings])[0].ThreadOf("a"));
        Assert.Null(ThreadReplay.Run(filed, [settings])[0].ThreadOf("a"));
    }

    private static ThreadMap Replay(SimilarityIndex index) => ThreadReplay.Run(index, [ThreadSettings.Default])[0];

    private static IEnumerable<string> Shape(ThreadMap map) => map.All.Select(thread => $"{thread.Thread.Id} {thread.Thread.Name}: {string.Join(' ', thread.Members.Select(member => member.Id))}");

    private static Article Article(string id, int day, string[] words, string language = "en") => new()
    {
        Id = id,
        Url = $"https://gazette.example/{id}",
        Title = words[0],
        Body = string.Join(' ', words),
        Published = Start.AddDays(day),
        Language = language,
    };

    private static SimilarityIndex Index(IEnumerable<Article> articles)
    {
        var index = new SimilarityIndex();
        foreach (var article in articles)
        {
            SiteIndexes.Put(index, article.Id, new StoredArticle { Id = article.Id, Article = article, Terms = TermSelection.Select(TermAnalyzer.Analyse(article), index) });
        }

        index.Measure();
        return index;
    }
}
