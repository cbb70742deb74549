using Recommender.Articles;

namespace Recommender.Editorial.Drafts;

/// <summary>
/// How posts of several editors come together in one draft: what is about different stories and slots is merged, whatever version each of them saw; the same story or slot decided by
/// somebody else since is a conflict. Nothing here asks a store or a clock.
/// </summary>
public static class DraftPosting
{
    /// <summary>The draft with edits.</summary>
    /// <param name="draft">The draft as it is.</param>
    /// <param name="seen">The version that the editor saw.</param>
    /// <param name="edits">What the editor wants.</param>
    /// <param name="author">Who.</param>
    /// <param name="now">When.</param>
    /// <param name="live">What holds now of a subject.</param>
    /// <exception cref="DraftConflictException">Somebody else decided about the same story or slot after <paramref name="seen"/>.</exception>
    /// <exception cref="DraftInvalidException">A rule is not valid, or there are too many.</exception>
    public static Draft Apply(Draft draft, long seen, IReadOnlyList<DraftEdit> edits, string author, DateTimeOffset now, Func<Subject, Override?> live)
    {
        Validate(edits);
        var since = draft.Posts.Where(post => post.Version > seen && post.Author != author).ToList();
        var clashes = edits
            .Where(edit => !IsDone(draft, edit))
            .Select(edit => since.LastOrDefault(post => post.Touches(edit.Operation)) is { } theirs ? new DraftClash(edit, theirs) : null)
            .OfType<DraftClash>().ToList();
        if (clashes.Count > 0)
        {
            throw new DraftConflictException(draft, clashes);
        }

        if (seen < draft.Version - draft.Posts.Select(post => post.Version).Distinct().Count())
        {
            // Too much happened to know what.
            throw new DraftConflictException(draft, []);
        }

        return Write(draft, [.. edits.Where(edit => !IsDone(draft, edit))
            .Select(edit => (edit.Operation.Subject, After(edit, author, now, live(edit.Operation.Subject))))], author, now, undoes: null);
    }

    /// <summary>The draft without the editor's last post that still stands; the same when there is none.</summary>
    /// <exception cref="DraftConflictException">Somebody else decided about the same since.</exception>
    public static Draft Undo(Draft draft, string author, DateTimeOffset now)
    {
        var undone = draft.Posts.Select(post => post.Undoes).OfType<long>().ToHashSet();
        if (draft.Posts.LastOrDefault(post => post.Author == author && post.Undoes is null && !undone.Contains(post.Version)) is not { } last)
        {
            return draft;
        }

        var posts = draft.Posts.Where(post => post.Version == last.Version).ToList();
        var clashes = posts.Select(post => draft.Posts.LastOrDefault(other => other.Version > last.Version && other.Author != author && other.Subject == post.Subject) is { } theirs
            ? new DraftClash(post.Before is { } before ? new DraftEdit(before) : DraftEdit.Drop(post.Subject), theirs) : null).OfType<DraftClash>().ToList();
        return clashes.Count > 0
            ? throw new DraftConflictException(draft, clashes)
            : Write(draft, [.. posts.Select(post => (post.Subject, post.Before))], author, now, last.Version);
    }

    /// <summary>The draft whose operation about a subject replaces what holds now, rather than what held when it was decided.</summary>
    public static Draft Rebase(Draft draft, Subject subject, Override? live, string author, DateTimeOffset now) => draft.Find(subject) is not { } operation
        ? draft
        : Write(draft, [(subject, After(new DraftEdit(operation), author, now, live))], author, now, undoes: null);

    /// <summary>The draft in which nothing is decided.</summary>
    public static Draft Discard(Draft draft, string author, DateTimeOffset now) =>
        Write(draft with { Note = "" }, [.. draft.Operations.Select(operation => (operation.Subject, (Operation?)null))], author, now, undoes: null);

    private static Draft Write(Draft draft, IReadOnlyList<(Subject Subject, Operation? After)> changes, string author, DateTimeOffset now, long? undoes)
    {
        if (changes.Count == 0)
        {
            return draft;
        }

        var version = draft.Version + 1;
        var operations = draft.Operations.ToList();
        var posts = draft.Posts.ToList();
        foreach (var (subject, after) in changes)
        {
            posts.Add(new DraftPost(version, author, now, subject, operations.Find(operation => operation.Subject == subject), after, undoes));
            operations.RemoveAll(operation => operation.Subject == subject);
            operations.AddRange(after is null ? [] : [after]);
        }

        return operations.Count > Drafts.Operations.Most
            ? throw new DraftInvalidException([new FieldError("draft", $"A draft holds {Drafts.Operations.Most} changes: publish these first.")])
            : draft with { Version = version, Operations = operations, Posts = [.. posts.TakeLast(Draft.PostsKept)] };
    }

    // What holds already need not be decided, nor be taken back when nothing holds.
    private static Operation? After(DraftEdit edit, string author, DateTimeOffset now, Override? live) =>
        edit.Drops || (edit.Operation.Rule is { } rule ? rule.SaysTheSameAs(live) : live is null) ? null
        : edit.Operation with { Base = live, Author = author, Time = now, Rule = edit.Operation.Rule is { } put ? put with { Author = author } : null };

    private static bool IsDone(Draft draft, DraftEdit edit) =>
        draft.Find(edit.Operation.Subject) is { } operation ? !edit.Drops && operation.SaysTheSameAs(edit.Operation) : edit.Drops;

    private static void Validate(IReadOnlyList<DraftEdit> edits)
    {
        var errors = edits.Select(edit => edit.Operation.Rule).OfType<Override>().SelectMany(OverrideRules.Check).ToList();
        if (errors.Count > 0)
        {
            throw new DraftInvalidException(errors);
        }
    }
}
