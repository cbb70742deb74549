using CsCheck;
using Recommender.Articles;
using Recommender.Duplicates;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Ranking;
using Recommender.Tests.Support;

namespace Recommender.Tests.MoreStories;

/// <summary>Whatever was published, taken down and decided, some things hold for every list.</summary>
public sealed class RandomNewsroomTests
{
    private static readonly string[] Words = ["ferry", "harbour", "strike", "union", "apple", "frost", "orchard", "cider", "bridge", "council", "vote", "budget", "school", "teacher", "storm", "lighthouse"];
    private static readonly string[] Topics = ["Harbour", "Countryside", "Council", "Schools"];

    private static readonly Gen<ArticleInput> Inputs =
        from id in Gen.Int[0, 25]
        from title in Gen.OneOf(Words).Array[2, 6]
        from body in Gen.OneOf(Words).Array[0, 30]
        from topics in Gen.OneOf(Topics).Array[0, 3]
        from hours in Gen.Int[-24 * 60, 12]
        from isSpanish in Gen.Int[0, 9]
        select new ArticleInput
        {
            Id = $"s{id}",
            Url = $"https://gazette.example/s{id}",
            Title = string.Join(' ', title),
            Body = string.Join(' ', body),
            Topics = topics,
            Published = Newsroom.Start.AddHours(hours).ToString("O"),
            Language = isSpanish == 0 ? "es" : null,
        };

    private static readonly Gen<OverrideScope> Scopes = Gen.OneOf(
        Gen.Const(OverrideScope.Site), Gen.OneOf(Topics).Select(topic => OverrideScope.Topic(Slug.From(topic)!)), Gen.Int[0, 25].Select(id => OverrideScope.Page($"s{id}")));

    private static readonly Gen<Override> Rules = Gen.Select(Scopes, Gen.Int[0, 25], Gen.Int[0, 2], Gen.Int[1, 8], Gen.Int[-2, 2], Gen.Int[-2, 2]).Select((scope, target, kind, slot, from, until) =>
    {
        Override rule = kind switch
        {
            0 => new Pin { Scope = scope, Target = $"s{target}", Slot = slot },
            1 => new Block { Scope = scope, Target = $"s{target}" },
            _ => new Boost { Scope = scope, Target = $"s{target}", Factor = slot / 2.0 },
        };
        return rule with { From = from == 0 ? null : Newsroom.Start.AddHours(from), Until = until == 0 ? null : Newsroom.Start.AddHours(until), Author = "Ana" };
    });

    [Fact]
    public async Task What_holds_for_every_list() =>
        await Gen.Select(Inputs.Array[0, 40], Gen.Int[0, 25].Array[0, 5], Rules.Array[0, 12], Gen.Int[1, 8], Gen.Int[0, 25].Array[0, 3]).SampleAsync(async (inputs, removed, rules, count, links) =>
        {
            await using var newsroom = await Newsroom.OpenAsync();
            await newsroom.ImportAsync(inputs);
            foreach (var id in removed)
            {
                await newsroom.Publisher.UnpublishAsync(newsroom.Site, $"s{id}");
            }

            foreach (var rule in rules)
            {
                await newsroom.Overrides.PutAsync(newsroom.Site, rule, OverrideCondition.None);
            }

            await using var other = newsroom.OpenAnother();
            var there = (await newsroom.Publisher.AllAsync(newsroom.Site).ToListAsync()).ToDictionary(article => article.Id);
            var exclude = links.Select((id, i) => i % 2 == 0 ? $"s{id}" : $"https://GAZETTE.example/s{id}/?utm_source=x#y").ToArray();
            foreach (var page in Enumerable.Range(0, 26).Select(id => $"s{id}").Append("nobody").Where((_, i) => i % 5 == 0 || i == 26))
            {
                var list = await newsroom.ListAsync(page, count, exclude);
                Check(list, there, there.GetValueOrDefault(page), rules, count, [.. links.Select(id => $"s{id}")]);
                Assert.Equivalent(list, await newsroom.ListAsync(page, count, exclude), strict: true);
                Assert.Equal(list.Items.Select(item => item.Card.Id), (await other.ListAsync(page, count, exclude)).Items.Select(item => item.Card.Id));
            }
        }, iter: 40, threads: 2);

    private static void Check(
        MoreStoriesList list, Dictionary<string, Article> there, Article? page, IReadOnlyList<Override> all, int count, HashSet<string> links)
    {
        // Of two rules about the same, the later replaced the earlier.
        var scopes = (page is null ? [] : page.Topics.Select(topic => OverrideScope.Topic(topic.Slug)).Prepend(OverrideScope.Page(page.Id))).Append(OverrideScope.Site).ToList();
        var rules = all.GroupBy(rule => (rule.Scope, rule.Kind, rule.Key)).Select(same => same.Last())
            .Where(rule => scopes.Contains(rule.Scope) && rule.IsInForce(Newsroom.Start)).OrderBy(rule => scopes.IndexOf(rule.Scope)).ToList();
        var blocked = rules.OfType<Block>().Select(block => block.Target).ToHashSet();
        var ids = list.Items.Select(item => item.Card.Id).ToList();

        Assert.True(ids.Count <= count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, ids.Count), list.Items.Select(item => item.Slot));
        Assert.DoesNotContain(page?.Id, ids);
        Assert.Empty(ids.Intersect(links));
        Assert.Empty(ids.Intersect(blocked));
        Assert.All(list.Items, item =>
        {
            Assert.Equal(there[item.Card.Id].Title, item.Card.Title);
            Assert.True(item.Card.Published <= Newsroom.Start);
            AssertSums(item.Explanation);
            Assert.True(item.Reason is Reason.Similar or Reason.SameThread || item.Terms.Count == 0);
        });

        CheckCopies(list, page);
        CheckPins(list, there, page, rules, blocked, links, count);
        var chosen = list.Items.Count(item => item.Reason is Reason.Pinned or Reason.Similar);
        Assert.Equal(ids.Count == 0, list.State == ListState.Empty);
        Assert.True(list.State is not ListState.Fallback || chosen == 0);
        Assert.True(list.State is not ListState.Complete || ids.Count == count);
        Assert.True(list.State is not (ListState.Fallback or ListState.Empty) || chosen == 0);
    }

    private static void CheckCopies(MoreStoriesList list, Article? page)
    {
        var cards = list.Items.Where(item => item.Reason != Reason.Pinned).Select(item => item.Card).Concat(page is null ? [] : [page.Card]).Select(card => new ComparedCard(card)).ToList();
        for (var left = 0; left < cards.Count; left++)
        {
            Assert.DoesNotContain(cards.Skip(left + 1), card => DuplicateRule.Shipped.AreNear(card, cards[left]));
        }
    }

    private static void CheckPins(
        MoreStoriesList list, Dictionary<string, Article> there, Article? page, List<Override> rules, HashSet<string> blocked, HashSet<string> links, int count)
    {
        var pins = new Dictionary<int, string>();
        foreach (var pin in rules.OfType<Pin>().Where(pin => pin.Slot <= count && pin.Target != page?.Id && !blocked.Contains(pin.Target) && !links.Contains(pin.Target)))
        {
            if (there.TryGetValue(pin.Target, out var target) && target.Published <= Newsroom.Start && !pins.ContainsValue(pin.Target))
            {
                pins.TryAdd(pin.Slot, pin.Target);
            }
        }

        var pinned = list.Items.Where(item => item.Reason == Reason.Pinned).ToList();
        Assert.Equal(pins.OrderBy(pin => pin.Key).Select(pin => pin.Value), pinned.Select(item => item.Card.Id));
        Assert.All(pins, pin => Assert.True(list.Items.Count < count || list.Items[pin.Key - 1].Card.Id == pin.Value));
    }

    private static void AssertSums(Explanation explanation)
    {
        Assert.True(explanation.Parts.Count == 0 || Math.Abs(explanation.Parts.Sum(part => part.Value) - explanation.Value) < 1e-9);
        Assert.All(explanation.Parts, AssertSums);
    }
}
