using System.Text.Json.Serialization;

namespace Recommender.Reindexing;

/// <summary>One reindex.</summary>
public sealed record Run
{
    /// <summary>Steps that a run takes with each article: it chooses its terms, places it among the site's subjects, and writes its list.</summary>
    public const int StepsPerArticle = 3;

    /// <summary>Unique in its site; later runs sort first.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required RunState State { get; init; }

    /// <summary>What it does; null while that is not decided.</summary>
    public RunScope? Scope { get; init; }

    /// <summary>What it is at, or was when it ended.</summary>
    public RunStage Stage { get; init; }

    /// <summary>When it came to that.</summary>
    public DateTimeOffset? StageBegan { get; init; }

    /// <summary>What somebody asked of it that is yet to be done.</summary>
    public RunWish? Wish { get; init; }

    /// <summary>The generation of lists that it writes; null while it writes none, or writes to those that readers see.</summary>
    public long? Generation { get; init; }

    /// <summary>From when on what is published is not in what it does, and yet to be added to its lists where it writes new ones; null while not known.</summary>
    public DateTimeOffset? ListsBegan { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Steps to do, <see cref="StepsPerArticle"/> for each article; 0 while not known.</summary>
    public int Total { get; init; }

    /// <summary>When work on it began; null while it has not.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Steps done.</summary>
    public int Done { get; init; }

    /// <summary>Steps a second, since it began.</summary>
    public double Rate { get; init; }

    /// <summary>Articles to do; 0 while not known.</summary>
    [JsonIgnore]
    public int Articles => Total / StepsPerArticle;

    /// <summary>Articles a second, since it began.</summary>
    [JsonIgnore]
    public double ArticleRate => Rate / StepsPerArticle;

    /// <summary>What went wrong, newest last, at most 20.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What the run learned and measured, by name: <c>topics.macro-f1</c> and the like. Only finite numbers can be written.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>The run with more figures; one of the same name is replaced.</summary>
    public Run With(IEnumerable<KeyValuePair<string, double>> figures)
    {
        var all = new SortedDictionary<string, double>(Figures.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in figures.Where(figure => double.IsFinite(figure.Value)))
        {
            all[name] = value;
        }

        return this with { Figures = all };
    }
}
