using Recommender.Changes;
using Recommender.Editorial.Drafts;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial.Publishing;

/// <summary>
/// Puts drafts before readers. What belongs to one scope is written in one batch, so readers have all of it or none; a publication over several scopes is written down first and completed
/// by whoever finds it, should the process die. Publishing the same draft again gives the same version.
/// </summary>
public sealed class PublicationStore(DraftTable drafts, OverrideTable overrides, Journal journal, ChangeFollower changes, TimeProvider time)
{
    private const int Attempts = 10;
    private readonly string writer = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
    private long written;

    /// <summary>Published versions of a page, the newest first.</summary>
    public Task<IReadOnlyList<Publication>> VersionsAsync(Site site, string page, int count, CancellationToken cancellation = default) => drafts.VersionsAsync(site, page, count, cancellation);

    /// <summary>Publishes a draft as it was reviewed.</summary>
    /// <param name="site">The site.</param>
    /// <param name="page">Id of the page's article.</param>
    /// <param name="seen">The version of the draft that was reviewed.</param>
    /// <param name="author">Who publishes.</param>
    /// <param name="note">What to tell with it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DraftConflictException">The draft is another by now.</exception>
    /// <exception cref="PublicationConflictException">What the draft replaces was changed by somebody else, such as by the API.</exception>
    /// <exception cref="DraftInvalidException">There is nothing to publish, or the note is too long.</exception>
    public async Task<Publication> PublishAsync(Site site, string page, long seen, string author, string note, CancellationToken cancellation = default)
    {
        var draft = await drafts.GetAsync(site, page, cancellation);
        if (draft.Publishing is not null)
        {
            await ResumeAsync(site, page, cancellation);
            draft = await drafts.GetAsync(site, page, cancellation);
        }

        var last = await drafts.VersionsAsync(site, page, 1, cancellation) is [var newest, ..] ? newest : null;
        if (last is not null && last.DraftVersion == seen && last.Author == author)
        {
            return last;
        }

        if (draft.Version != seen)
        {
            throw new DraftConflictException(draft, []);
        }

        Validate(draft, note);
        await RequireBasesAsync(site, draft, cancellation);
        var publication = new Publication
        {
            Id = $"{writer}-{Interlocked.Increment(ref written)}",
            Page = page,
            Number = (last?.Number ?? 0) + 1,
            Time = time.GetUtcNow(),
            Author = author,
            Note = note,
            DraftVersion = seen,
            Operations = draft.Operations,
        };
        var key = await journal.BeginAsync(site, new Intent { Publication = page }, cancellation);
        while (!await TryBeginAsync(site, draft, publication, cancellation))
        {
            // Somebody wrote the draft's note meanwhile, which is no reason to stop, or decided something, which is.
            draft = await drafts.GetAsync(site, page, cancellation);
            if (draft.Version != seen || draft.Publishing is not null)
            {
                await journal.CompleteAsync(site, [key], cancellation);
                throw new DraftConflictException(draft, []);
            }
        }

        await ResumeAsync(site, page, cancellation);
        await journal.CompleteAsync(site, [key], cancellation);
        return publication;
    }

    /// <summary>Completes publications whose process died. Called by the sweep.</summary>
    public async Task RecoverAsync(Site site, CancellationToken cancellation = default)
    {
        foreach (var (key, intent) in await journal.OpenAsync(site, cancellation))
        {
            if (intent.Publication is { } page)
            {
                await ResumeAsync(site, page, cancellation);
                await journal.CompleteAsync(site, journal.IsAbandoned(key) ? [key] : [], cancellation);
            }
        }
    }

    /// <summary>
    /// Completes the publication of a page that is under way, if one is. Can be done any number of times, by several at once: what is written already is not a change any more.
    /// </summary>
    public async Task ResumeAsync(Site site, string page, CancellationToken cancellation = default)
    {
        if (await drafts.GetAsync(site, page, cancellation) is not { Publishing: { } publication } draft)
        {
            return;
        }

        var scopes = publication.Operations.Select(operation => operation.Subject.Scope).Distinct().ToList();
        foreach (var scope in scopes)
        {
            await WriteAsync(site, scope, publication, cancellation);
        }

        await changes.AnnounceAsync(site, new Change { Scopes = [.. scopes.Select(scope => scope.ToString())] }, cancellation);
        try
        {
            await drafts.CloseAsync(site, draft with { Operations = [], Note = "", Publishing = null, Version = draft.Version + 1 }, publication, cancellation);
        }
        catch (RowConflictException)
        {
            // Another process completed it.
        }
    }

    private async Task<bool> TryBeginAsync(Site site, Draft draft, Publication publication, CancellationToken cancellation)
    {
        try
        {
            await drafts.WriteAsync(site, draft with { Publishing = publication }, cancellation);
            return true;
        }
        catch (RowConflictException)
        {
            return false;
        }
    }

    private async Task WriteAsync(Site site, OverrideScope scope, Publication publication, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var live = await overrides.ListAsync(site, scope, cancellation);
            var due = Operations.Changes(scope, live, publication.Operations, publication.Time);
            try
            {
                await overrides.ChangeAsync(site, scope, due, [.. due.Index().Select(entry => EntryOf(publication, scope, entry.Index, entry.Item))], cancellation);
                return;
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)), cancellation);
            }
        }
    }

    private static StoredAuditEntry EntryOf(Publication publication, OverrideScope scope, int place, RuleChange change) => new()
    {
        Id = $"{publication.Id}-{scope.Kind}-{place}-{scope.Name}",
        Time = publication.Time,
        Author = publication.Author,
        Action = change.After is null ? "delete" : "put",
        Before = change.Before is null ? null : StoredOverride.Of(change.Before),
        After = change.After is null ? null : StoredOverride.Of(change.After),
        Page = publication.Page,
        Version = publication.Number,
        Note = publication.Note,
    };

    private async Task RequireBasesAsync(Site site, Draft draft, CancellationToken cancellation)
    {
        var changed = new List<(Operation, Override?)>();
        foreach (var scope in draft.Operations.GroupBy(operation => operation.Subject.Scope))
        {
            var live = await overrides.ListAsync(site, scope.Key, cancellation);
            foreach (var operation in scope)
            {
                var now = DraftStore.LiveOf(operation.Subject, live);
                if (now is null ? operation.Base is not null : !now.SaysTheSameAs(operation.Base))
                {
                    changed.Add((operation, now));
                }
            }
        }

        if (changed.Count > 0)
        {
            throw new PublicationConflictException(changed);
        }
    }

    private static void Validate(Draft draft, string note)
    {
        if (draft.Operations.Count == 0)
        {
            throw new DraftInvalidException([new Articles.FieldError("draft", "The draft is empty: there is nothing to publish.")]);
        }

        if (note.Length > OverrideRules.MaxNote)
        {
            throw new DraftInvalidException([new Articles.FieldError("note", $"At most {OverrideRules.MaxNote} characters, not {note.Length}.")]);
        }
    }
}

/// <summary>What a draft replaces is not what its editors saw. Nothing was changed.</summary>
public sealed class PublicationConflictException(IReadOnlyList<(Operation Mine, Override? Now)> changed) : Exception("What the draft replaces was changed by someone else.")
{
    /// <summary>The operations that are affected, and what holds now.</summary>
    public IReadOnlyList<(Operation Mine, Override? Now)> Changed { get; } = changed;
}
