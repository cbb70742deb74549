using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial.Drafts;

/// <summary>Changes drafts. Every post is kept at once; there is nothing to save and nothing to lock.</summary>
public sealed class DraftStore(DraftTable drafts, OverrideTable overrides, TimeProvider time)
{
    private const int Attempts = 10;

    /// <summary>The draft of a page; an empty one when nobody has begun it.</summary>
    public Task<Draft> GetAsync(Site site, string page, CancellationToken cancellation = default) => drafts.GetAsync(site, page, cancellation);

    /// <summary>Posts edits that were made on version <paramref name="seen"/>.</summary>
    /// <returns>The draft as it is now.</returns>
    /// <exception cref="DraftConflictException">Somebody else decided about the same story or slot since, or the draft is being published.</exception>
    /// <exception cref="DraftInvalidException">An edit is not valid.</exception>
    public async Task<Draft> PostAsync(Site site, string page, long seen, IReadOnlyList<DraftEdit> edits, string author, CancellationToken cancellation = default)
    {
        var live = new Dictionary<Subject, Override?>();
        foreach (var scope in edits.Select(edit => edit.Operation.Subject.Scope).Distinct())
        {
            var rules = await overrides.ListAsync(site, scope, cancellation);
            foreach (var subject in edits.Select(edit => edit.Operation.Subject).Where(subject => subject.Scope == scope))
            {
                live[subject] = LiveOf(subject, rules);
            }
        }

        return await ChangeAsync(site, page, draft => DraftPosting.Apply(draft, seen, edits, author, time.GetUtcNow(), live.GetValueOrDefault), cancellation);
    }

    /// <summary>Takes the editor's last post back.</summary>
    /// <exception cref="DraftConflictException">Somebody else decided about the same since.</exception>
    public Task<Draft> UndoAsync(Site site, string page, string author, CancellationToken cancellation = default) =>
        ChangeAsync(site, page, draft => DraftPosting.Undo(draft, author, time.GetUtcNow()), cancellation);

    /// <summary>Stands by an operation although what it replaces is another by now. Gone when that says the same.</summary>
    /// <exception cref="DraftConflictException">The draft is another than was seen.</exception>
    public async Task<Draft> RebaseAsync(Site site, string page, long seen, Subject subject, string author, CancellationToken cancellation = default)
    {
        var live = LiveOf(subject, await overrides.ListAsync(site, subject.Scope, cancellation));
        return await ChangeAsync(site, page, draft => draft.Version != seen ? throw new DraftConflictException(draft, []) : DraftPosting.Rebase(draft, subject, live, author, time.GetUtcNow()), cancellation);
    }

    /// <summary>Empties a draft.</summary>
    /// <exception cref="DraftConflictException">It is another than was seen.</exception>
    public Task<Draft> DiscardAsync(Site site, string page, long seen, string author, CancellationToken cancellation = default) => ChangeAsync(
        site, page, draft => draft.Version == seen ? DraftPosting.Discard(draft, author, time.GetUtcNow()) : throw new DraftConflictException(draft, []), cancellation);

    /// <summary>Keeps what is to be told with the publication.</summary>
    /// <exception cref="DraftInvalidException">It is too long.</exception>
    public Task<Draft> NoteAsync(Site site, string page, string note, CancellationToken cancellation = default) => note.Length > OverrideRules.MaxNote
        ? throw new DraftInvalidException([new Articles.FieldError("note", $"At most {OverrideRules.MaxNote} characters, not {note.Length}.")])
        : ChangeAsync(site, page, draft => draft.Note == note ? draft : draft with { Note = note }, cancellation);

    /// <summary>What holds of a subject among the overrides of its scope; of several pins of one story, the first slot's.</summary>
    internal static Override? LiveOf(Subject subject, IReadOnlyList<Override> rules) => rules.FirstOrDefault(rule => Subject.Of(rule) == subject);

    private async Task<Draft> ChangeAsync(Site site, string page, Func<Draft, Draft> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var draft = await drafts.GetAsync(site, page, cancellation);
            if (draft.Publishing is not null)
            {
                throw new DraftConflictException(draft, []);
            }

            var next = change(draft);
            if (ReferenceEquals(next, draft))
            {
                return draft;
            }

            try
            {
                return await drafts.WriteAsync(site, next, cancellation);
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)), cancellation);
            }
        }
    }
}
