using Recommender.Editorial.Drafts;

namespace Recommender.Editorial.Publishing;

/// <summary>A version of a page's rules as an editor put it before readers.</summary>
public sealed record Publication
{
    /// <summary>Tells it from every other of the site; its audit entries are named after it.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the page's article.</summary>
    public required string Page { get; init; }

    /// <summary>1 for the page's first, and so on: "Live v12".</summary>
    public required int Number { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who published it.</summary>
    public required string Author { get; init; }

    /// <summary>What the editor told with it; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>The version of the draft that it was made of.</summary>
    public required long DraftVersion { get; init; }

    /// <summary>What it changed.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>Operations that bring back what held before it, the last first.</summary>
    public IEnumerable<Operation> Inverse() => Operations.Reverse().Select(operation => operation.Base is { } before ? Operation.Put(before) : Operation.Take(operation.Subject));
}

/// <summary>A publication as rows hold it.</summary>
internal sealed record StoredPublication
{
    public required string Id { get; init; }

    public required string Page { get; init; }

    public int Number { get; init; }

    public DateTimeOffset Time { get; init; }

    public string Author { get; init; } = "";

    public string Note { get; init; } = "";

    public long DraftVersion { get; init; }

    public IReadOnlyList<StoredOperation> Operations { get; init; } = [];

    public static StoredPublication Of(Publication publication) => new()
    {
        Id = publication.Id,
        Page = publication.Page,
        Number = publication.Number,
        Time = publication.Time,
        Author = publication.Author,
        Note = publication.Note,
        DraftVersion = publication.DraftVersion,
        Operations = [.. publication.Operations.Select(StoredOperation.Of)],
    };

    public Publication ToPublication() => new()
    {
        Id = Id,
        Page = Page,
        Number = Number,
        Time = Time,
        Author = Author,
        Note = Note,
        DraftVersion = DraftVersion,
        Operations = [.. Operations.Select(operation => operation.ToOperation())],
    };
}
