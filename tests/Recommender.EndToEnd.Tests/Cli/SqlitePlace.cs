using Recommender.Tables.Sqlite;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Stores that are files in one folder.</summary>
public sealed class SqlitePlace : IToolPlace, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-cli-");
    private int stores;

    public void SkipUnlessThere()
    {
    }

    public ToolStore NewStore()
    {
        var path = Path.Combine(folder.FullName, $"{Interlocked.Increment(ref stores)}.db");
        return new ToolStore(new Dictionary<string, string> { ["MORE_STORIES_STORE"] = $"sqlite:{path}" }, () => new SqliteTableStore(path));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
