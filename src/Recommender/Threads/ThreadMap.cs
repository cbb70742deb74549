using Recommender.Similarity.Memory;

namespace Recommender.Threads;

/// <summary>An article as threads know it, in order of publication.</summary>
/// <param name="Published">When it was published.</param>
/// <param name="Id">Its id.</param>
public readonly record struct ThreadMember(DateTimeOffset Published, string Id)
{
    /// <summary>Earlier ones first; among those of one instant, by id.</summary>
    public static IComparer<ThreadMember> Order { get; } = Comparer<ThreadMember>.Create((left, right) =>
        left.Published.CompareTo(right.Published) is var order && order != 0 ? order : string.CompareOrdinal(left.Id, right.Id));
}

/// <summary>Which articles of a site tell which running story, in memory. Safe for many readers and writers.</summary>
public sealed class ThreadMap
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (ThreadMember Member, StoryThread? Thread)> articles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ThreadMember>> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    /// <summary>The threads, each with its articles in order of publication; the largest first.</summary>
    public IReadOnlyList<(StoryThread Thread, IReadOnlyList<ThreadMember> Members)> All => Locked(() => members.Values
        .Where(list => list.Count > 1)
        .Select(list => (articles[list[0].Id].Thread!, (IReadOnlyList<ThreadMember>)[.. list]))
        .OrderByDescending(entry => entry.Item2.Count).ThenBy(entry => entry.Item2[0], ThreadMember.Order)
        .ToList());

    /// <summary>Articles that are known here, in a thread or not.</summary>
    public IReadOnlyList<string> Ids => Locked(() => articles.Keys.ToList());

    /// <summary>The thread of an article; null for one that is in none.</summary>
    public StoryThread? ThreadOf(string id) => Locked(() => articles.TryGetValue(id, out var entry) ? entry.Thread : null);

    /// <summary>Whether an article is known here, and its thread; null for one that is in none.</summary>
    public bool TryGetThread(string id, out StoryThread? thread)
    {
        lock (gate)
        {
            var isKnown = articles.TryGetValue(id, out var entry);
            thread = entry.Thread;
            return isKnown;
        }
    }

    /// <summary>The articles of a thread in order of publication; none for a thread that is not there.</summary>
    public IReadOnlyList<ThreadMember> Members(string threadId) => Locked(() => members.TryGetValue(threadId, out var list) ? list.ToList() : []);

    /// <summary>
    /// Those articles of a thread that are nearest in time to one that need not be among them, at most so many, in order of publication; of two as near the later. None for a thread that is not there.
    /// </summary>
    public IReadOnlyList<ThreadMember> Around(string threadId, ThreadMember article, int most)
    {
        lock (gate)
        {
            if (!members.TryGetValue(threadId, out var list) || list.Count <= most)
            {
                return list?.ToList() ?? [];
            }

            var at = list.BinarySearch(article, ThreadMember.Order) is var found && found < 0 ? ~found : found;
            var (from, to) = (at, at);
            while (to - from < most)
            {
                var isLater = from == 0 || (to < list.Count && list[to].Published - article.Published <= article.Published - list[from - 1].Published);
                (from, to) = isLater ? (from, to + 1) : (from - 1, to);
            }

            return list.GetRange(from, most);
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
            if (articles.Remove(id, out var before))
            {
                Leave(before.Member, before.Thread);
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
            IEnumerable<string> threads = articles.TryGetValue(id, out var entry) ? entry.Thread is { } thread ? [thread.Id] : [] : [.. members.Keys];
            Remove(id);
            foreach (var last in threads.Select(left => members.GetValueOrDefault(left)).OfType<List<ThreadMember>>().Where(list => list.Count == 1).Select(list => list[0]).ToList())
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
        }
    }

    /// <summary>Says of all articles what another map says of them; those that it does not know are forgotten.</summary>
    public void ReplaceBy(ThreadMap other)
    {
        var next = other.Locked(() => other.articles.Values.ToList());
        foreach (var id in Ids.Except(next.Select(entry => entry.Member.Id)).ToList())
        {
            Remove(id);
        }

        foreach (var (member, thread) in next)
        {
            Put(member, thread);
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
                image.Write(articles[list[0].Id].Thread!.Name);
                image.Write(list.Count);
                list.ForEach(member => image.Write(member.Id));
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
        if (articles.TryGetValue(member.Id, out var before))
        {
            if (before == (member, thread))
            {
                return false;
            }

            Leave(before.Member, before.Thread);
        }

        articles[member.Id] = (member, thread);
        if (thread is not null)
        {
            if (!members.TryGetValue(thread.Id, out var list))
            {
                members[thread.Id] = list = [];
            }

            list.Insert(~list.BinarySearch(member, ThreadMember.Order), member);
        }

        return true;
    }

    private void Leave(ThreadMember member, StoryThread? thread)
    {
        if (thread is not null && members.TryGetValue(thread.Id, out var list))
        {
            list.RemoveAt(list.BinarySearch(member, ThreadMember.Order));
            if (list.Count == 0)
            {
                members.Remove(thread.Id);
            }
        }
    }

    private T Locked<T>(Func<T> work)
    {
        lock (gate)
        {
            return work();
        }
    }
}
