using System.IO.Hashing;
using System.Numerics;
using System.Text;
using Recommender.Similarity;

namespace Recommender.Threads;

/// <summary>
/// Finds the running story that an article tells, without any label. An article scores with a thread by the cosine to the sum of the thread's articles nearest in time,
/// less what the gap in time and other topics take off; it joins the best when that reaches the threshold, founds a thread with a single article that is near enough, and
/// lets the two best become one when they are like each other. In order of publication the same articles always give the same threads.
/// </summary>
public sealed class ThreadClustering(SimilarityIndex index, ThreadSettings settings)
{
    // A name is what the first two, four, eight … articles have in common, of many the last of these: so a long story is renamed seldom, and the same articles have the same name.
    private const int MostNaming = 64;

    // Scores are rounded to six places, and similarities may be off.
    private const double Error = NeighbourSearch.SumError + 1e-6;

    private readonly Dictionary<string, Measured> measured = new(StringComparer.Ordinal);

    /// <summary>Places articles anew, in order of publication, as if they had never been there. What became of others too, the map tells.</summary>
    /// <param name="map">Where all articles are.</param>
    /// <param name="ids">The articles.</param>
    /// <param name="bereaved">Ids of threads that others have left.</param>
    public void Place(ThreadMap map, IReadOnlyCollection<string> ids, IEnumerable<string>? bereaved = null)
    {
        var left = ids.Select(map.ThreadOf).OfType<StoryThread>().Select(thread => thread.Id).Concat(bereaved ?? []).Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in ids)
        {
            map.TakeOut(id);
        }

        foreach (var article in ids.Select(index.Outline).OfType<ArticleOutline>().OrderBy(article => new ThreadMember(article.Published, article.Id), ThreadMember.Order))
        {
            Place(map, article, index.Near(article.Id, settings.Reach));
        }

        foreach (var members in left.Select(map.Members).Where(members => members.Count > 1))
        {
            Put(map, members, map.ThreadOf(members[0].Id)!.Id, NameOf(members));
        }
    }

    /// <summary>Places one article that the map does not have.</summary>
    /// <param name="map">Where the articles placed before are.</param>
    /// <param name="article">The article.</param>
    /// <param name="near">All whose similarity to it reaches <see cref="ThreadSettings.Reach"/>; similarities may be off by <see cref="NeighbourSearch.SumError"/>. Numbers, where they have them, are places in the map.</param>
    internal void Place(ThreadMap map, ArticleOutline article, IReadOnlyList<NearArticle> near)
    {
        var self = new ThreadMember(article.Published, article.Id);
        var threshold = settings.ThresholdAmong(index.Count);
        var best = Promising(map, self, near, threshold)
            .Select(group => Score(group, Profile(group)))
            .Where(scored => scored.Score >= threshold)
            .OrderByDescending(scored => scored.Score).ThenBy(scored => scored.Profile[0], ThreadMember.Order)
            .Take(2).ToList();

        map.Put(self, null);
        switch (best)
        {
            case [var only]:
                Join(map, [only.Group], self);
                break;
            case [var first, var second]:
                Join(map, AreOne(first.Profile, second.Profile) ? [first.Group, second.Group] : [first.Group], self);
                break;
        }

        IReadOnlyList<ThreadMember> Profile(Group group) =>
            group.Thread is { } thread ? map.Around(thread.Id, self, settings.Profile) : [new ThreadMember(group.Nearest.Published, group.Key)];

        // Similarities are never negative, so the sum of n unit vectors is no shorter than √n.
        Scored Score(Group group, IReadOnlyList<ThreadMember> profile)
        {
            var decay = settings.Decay(profile.Min(member => (member.Published - self.Published).Duration()));
            var share = decay / Math.Sqrt(profile.Count);
            if (profile.Count * (group.Nearest.Similarity + NeighbourSearch.SumError) * share < threshold)
            {
                return new Scored(group, profile, 0);
            }

            var sum = profile.Sum(member => SimilarityOf(self, member));
            return new Scored(group, profile, sum * share < threshold ? 0 : Whole(Measure(group, profile)));

            double Whole(Measured thread) => Math.Round(sum / thread.Length * decay * Agreement(article, thread), 6);
        }
    }

    // What decides nothing counts as nothing.
    private double SimilarityOf(ThreadMember self, ThreadMember other) =>
        (other.Published - self.Published).Duration() <= settings.Window && index.Similarity(self.Id, other.Id) is { } similarity && similarity >= settings.Floor ? similarity : 0;

    // Single articles and threads that may reach the threshold. The similarities to n articles of a thread add up to at most √n times its length, so one of them has to be more than the threshold by √n.
    private List<Group> Promising(ThreadMap map, ThreadMember self, IReadOnlyList<NearArticle> near, double threshold)
    {
        var (singles, threads) = (new List<Group>(), new Dictionary<string, Group>(StringComparer.Ordinal));
        var (least, leastOfThread) = (threshold - Error, (threshold / Math.Sqrt(settings.Profile)) - Error);
        map.Visit(near, (other, thread) =>
        {
            if (other.Similarity < leastOfThread || (other.Published - self.Published).Duration() > settings.Window)
            {
                return;
            }

            if (thread is null)
            {
                if (other.Similarity * settings.Decay(other.Published - self.Published) >= least)
                {
                    singles.Add(new Group(null, other.Id, other));
                }
            }
            else if (!threads.TryGetValue(thread.Id, out var group) || group.Nearest.Similarity < other.Similarity)
            {
                threads[thread.Id] = new Group(thread, thread.Id, other);
            }
        });
        return [.. threads.Values.Where(group => (group.Nearest.Similarity + Error) * Math.Sqrt(Math.Min(settings.Profile, map.CountOf(group.Key))) >= threshold), .. singles];
    }

    // An article or a thread that is filed nowhere agrees with any.
    private double Agreement(ArticleOutline article, Measured thread) =>
        article.Topics.Count == 0 || thread.Filed.Count == 0 ? 1
            : settings.OtherTopics + ((1 - settings.OtherTopics) * thread.Filed.Count(topics => topics.Intersect(article.Topics, StringComparer.Ordinal).Any()) / thread.Filed.Count);

    // A thread's profile is the same for most of the articles that are compared with it, one after the other.
    private Measured Measure(Group group, IReadOnlyList<ThreadMember> profile)
    {
        if (!measured.TryGetValue(group.Key, out var known) || !known.Profile.SequenceEqual(profile))
        {
            known = new Measured(profile, Length(profile), [.. profile.Select(member => index.Outline(member.Id)?.Topics ?? []).Where(topics => topics.Count > 0)]);
            if (group.Thread is not null)
            {
                measured[group.Key] = known;
            }
        }

        return known;
    }

    private double Length(IReadOnlyList<ThreadMember> profile)
    {
        var apart = 0.0;
        for (var left = 1; left < profile.Count; left++)
        {
            for (var right = 0; right < left; right++)
            {
                apart += index.Similarity(profile[left].Id, profile[right].Id) ?? 0;
            }
        }

        return Math.Sqrt(profile.Count + (2 * apart));
    }

    private bool AreOne(IReadOnlyList<ThreadMember> one, IReadOnlyList<ThreadMember> other) =>
        settings.MergeThreshold <= 1 && Product(one, other) / (Length(one) * Length(other)) >= settings.MergeThreshold;

    private double Product(IReadOnlyList<ThreadMember> one, IReadOnlyList<ThreadMember> other) =>
        one.Sum(left => other.Sum(right => left == right ? 1 : index.Similarity(left.Id, right.Id) ?? 0));

    private void Join(ThreadMap map, IReadOnlyList<Group> groups, ThreadMember self)
    {
        var members = groups.SelectMany(group => group.Thread is { } thread ? map.Members(thread.Id) : [new ThreadMember(index.Outline(group.Key)!.Published, group.Key)])
            .Append(self).Order(ThreadMember.Order).ToList();

        // The oldest story keeps its id.
        var lasting = groups.Where(group => group.Thread is not null).MinBy(group => map.Members(group.Key)[0], ThreadMember.Order)?.Thread;
        var isNamed = lasting is not null && NamedBy(members).SequenceEqual(NamedBy(map.Members(lasting.Id)));
        Put(map, isNamed && groups.Count == 1 ? [self] : members, lasting?.Id ?? NewId(map, members), isNamed ? lasting!.Name : NameOf(members));
    }

    private static void Put(ThreadMap map, IEnumerable<ThreadMember> members, string id, string name)
    {
        var thread = new StoryThread(id, name);
        foreach (var member in members)
        {
            map.Put(member, thread);
        }
    }

    private string NameOf(IReadOnlyList<ThreadMember> members) =>
        ThreadName.Of([.. NamedBy(members).Select(member => index.Find(member.Id)?.Terms).OfType<Text.PackedTerms>()], index.Worth);

    private static IEnumerable<ThreadMember> NamedBy(IReadOnlyList<ThreadMember> members) =>
        members.Take((int)BitOperations.RoundUpToPowerOf2((uint)(members.Count / 2) + 1)).TakeLast(MostNaming);

    // The id of a thread whose first article left it may still be in use.
    private static string NewId(ThreadMap map, List<ThreadMember> members) =>
        members.Select(member => IdOf(member.Id)).FirstOrDefault(id => map.Members(id).Count == 0) ?? IdOf(string.Join('\n', members.Select(member => member.Id)));

    private static string IdOf(string founder) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(founder)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Measured(IReadOnlyList<ThreadMember> Profile, double Length, IReadOnlyList<IReadOnlyList<string>> Filed);

    private sealed record Group(StoryThread? Thread, string Key, NearArticle Nearest);

    private readonly record struct Scored(Group Group, IReadOnlyList<ThreadMember> Profile, double Score);
}
