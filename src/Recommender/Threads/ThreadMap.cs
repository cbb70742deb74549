using Recommender.Similarity;
using Recommender.Similarity.Memory;
using Recommender.Threads.Memory;

namespace Recommender.Threads;

/// <summary>Which articles of a site tell which running story, in memory. Safe for many readers and writers.</summary>
public sealed class ThreadMap
{
    private readonly Lock gate = new();
    private readonly HeldMembers articles = new();

    // Places of each thread's articles, in order of publication.
    private readonly Dictionary<string, List<int>> members = new(StringComparer.Ordinal);
    private HashSet<string> changed = new(StringComparer.Ordinal);

    /// <summary>The threads, each with its articles in order of publication; the largest first.</summary>
    public IReadOnlyList<(StoryThread Thread, IReadOnlyList<ThreadMember> Members)> All => Locked(() => members.Values
        .Where(list => list.Count > 1)
        .Select(list => (articles.ThreadAt(list[0])!, (IReadOnlyList<ThreadMember>)MembersAt(list)))
        .OrderByDescending(entry => entry.Item2.Count).ThenBy(entry => entry.Item2[0], ThreadMember.Order)
        .ToList());

    /// <summary>Articles that are known here, in a thread or not: those of when they are asked for that are still there when it is their turn.</summary>
    public IEnumerable<string> Ids => Locked(() => articles.Taken.ToList()).Select(place => Locked(() => articles.IsTaken(place) ? articles.At(place).Id : null)).OfType<string>();

    /// <summary>The thread of an article; null for one that is in none.</summary>
    public StoryThread? ThreadOf(string id) => TryGetThread(id, out var thread) ? thread : null;

    /// <summary>Whether an article is known here, and its thread; null for one that is in none.</summary>
    public bool TryGetThread(string id, out StoryThread? thread)
    {
        lock (gate)
        {
            var place = articles.PlaceOf(id);
            thread = place < 0 ? null : articles.ThreadAt(place);
            return place >= 0;
        }
    }

    /// <summary>Goes through those of some articles that are known here, each with its thread; null for one that is in none. A number is that of an article's place, which whoever is put into a map that is new has by turns.</summary>
    internal void Visit(IReadOnlyList<NearArticle> near, Action<NearArticle, StoryThread?> visit)
    {
        lock (gate)
        {
            foreach (var article in near)
            {
                if ((article.Number >= 0 ? article.Number : articles.PlaceOf(article.Id)) is var place and >= 0)
                {
                    visit(article, articles.ThreadAt(place));
                }
            }
        }
    }

    /// <summary>How many articles a thread has.</summary>
    public int CountOf(string threadId) => Locked(() => members.GetValueOrDefault(threadId)?.Count ?? 0);

    /// <summary>The articles of a thread in order of publication; none for a thread that is not there.</summary>
    public IReadOnlyList<ThreadMember> Members(string threadId) => Locked(() => MembersAt(members.GetValueOrDefault(threadId) ?? []));

    /// <summary>
    /// Those articles of a thread that are nearest in time to one that need not be among them, at most so many, in order of publication; of two as near the later. None for a thread that is not there.
    /// </summary>
    public IReadOnlyList<ThreadMember> Around(string threadId, ThreadMember article, int most)
    {
        lock (gate)
        {
            if (!members.TryGetValue(threadId, out var list) || list.Count <= most)
            {
                return MembersAt(list ?? []);
            }

            var at = articles.CountBefore(list, article);
            var (from, to) = (at, at);
            while (to - from < most)
            {
                var isLater = from == 0 || (to < list.Count && articles.PublishedAt(list[to]) - article.Published <= article.Published - articles.PublishedAt(list[from - 1]));
                (from, to) = isLater ? (from, to + 1) : (from - 1, to);
            }

            return MembersAt(list.GetRange(from, most));
        }
    }

    /// <summary>Says which thread an article is in; null: in none.</summary>
    public void Put(ThreadMember member, StoryThread? thread)
    {
        lock (gate)
        {
            if (Set(member, thread))
            {
                changed.Add(member.Id);
            }
        }
    }

    /// <summary>As <see cref="Put"/>, for what is read from the store and so needs no writing.</summary>
    public void Learn(ThreadMember member, StoryThread? thread)
    {
        lock (gate)
        {
            Set(member, thread);
        }
    }

    /// <summary>Forgets an article.</summary>
    public void Remove(string id)
    {
        lock (gate)
        {
            changed.Remove(id);
            if (articles.PlaceOf(id) is var place and >= 0)
            {
                Leave(place);
                articles.Remove(place);
            }
        }
    }

    /// <summary>
    /// Forgets an article; one that is left alone in its thread is in none any more. Where the article is not known, for its process died before all was written, those left alone are looked for.
    /// </summary>
    public void TakeOut(string id)
    {
        lock (gate)
        {
            IEnumerable<string> threads = TryGetThread(id, out var of) ? of is null ? [] : [of.Id] : [.. members.Keys];
            Remove(id);
            foreach (var last in threads.Select(left => members.GetValueOrDefault(left)).OfType<List<int>>().Where(list => list.Count == 1).Select(list => articles.At(list[0])).ToList())
            {
                Put(last, null);
            }
        }
    }

    /// <summary>Articles whose thread changed and is not written yet, in ordinal order.</summary>
    public IReadOnlyList<string> Changed => Locked(() => changed.Order(StringComparer.Ordinal).ToList());

    /// <summary>The threads of these articles are written.</summary>
    public void Settle(IEnumerable<string> ids)
    {
        lock (gate)
        {
            changed.ExceptWith(ids);
            changed = changed.Count > 0 ? changed : new HashSet<string>(StringComparer.Ordinal);
        }
    }

    /// <summary>Says of all articles what another map says of them, which nobody changes any more; those that it does not know are forgotten.</summary>
    public void ReplaceBy(ThreadMap other)
    {
        foreach (var id in Ids.Where(id => !other.TryGetThread(id, out _)))
        {
            Remove(id);
        }

        foreach (var place in other.articles.Taken)
        {
            Put(other.articles.At(place), other.articles.ThreadAt(place));
        }
    }

    /// <summary>Writes all threads.</summary>
    internal void Save(ImageWriter image)
    {
        lock (gate)
        {
            image.Write(members.Count);
            foreach (var (id, list) in members)
            {
                image.Write(id);
                image.Write(articles.ThreadAt(list[0])!.Name);
                image.Write(list.Count);
                list.ForEach(place => image.Write(articles.At(place).Id));
            }
        }
    }

    /// <summary>Fills an empty map with what <see cref="Save"/> wrote of some of all articles.</summary>
    internal void Load(ImageReader image, IEnumerable<ThreadMember> all)
    {
        var threads = new Dictionary<string, StoryThread>(StringComparer.Ordinal);
        for (var left = image.ReadCount(); left > 0; left--)
        {
            var thread = new StoryThread(image.ReadText(), image.ReadText());
            for (var member = image.ReadCount(); member > 0; member--)
            {
                threads[image.ReadText()] = thread;
            }
        }

        foreach (var member in all)
        {
            Learn(member, threads.GetValueOrDefault(member.Id));
        }
    }

    private bool Set(ThreadMember member, StoryThread? thread)
    {
        if (articles.PlaceOf(member.Id) is var place and >= 0)
        {
            if (articles.PublishedAt(place) == member.Published && articles.ThreadAt(place) == thread)
            {
                return false;
            }

            Leave(place);
            articles.Remove(place);
        }

        place = articles.Add(member);
        if (thread is not null)
        {
            if (!members.TryGetValue(thread.Id, out var list))
            {
                members[thread.Id] = list = [];
            }

            // One object for all of them, as far as they say the same.
            articles.SetThread(place, list.Count > 0 && articles.ThreadAt(list[0]) is { } same && same == thread ? same : thread);
            list.Insert(articles.CountBefore(list, member), place);
        }

        return true;
    }

    private void Leave(int place)
    {
        if (articles.ThreadAt(place) is { } thread && members.TryGetValue(thread.Id, out var list))
        {
            list.RemoveAt(articles.CountBefore(list, articles.At(place)));
            if (list.Count == 0)
            {
                members.Remove(thread.Id);
            }
        }
    }

    private List<ThreadMember> MembersAt(List<int> list) => list.ConvertAll(articles.At);

    private T Locked<T>(Func<T> work)
    {
        lock (gate)
        {
            return work();
        }
    }
}
