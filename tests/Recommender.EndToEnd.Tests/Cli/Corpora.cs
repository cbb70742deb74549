namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Real articles, in <c>shared/data</c> beside the repository where there are any.</summary>
internal static class Corpora
{
    /// <summary>A file of them; where it is not there, the running test is skipped.</summary>
    public static string Path(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Recommender.sln")))
        {
            folder = folder.Parent;
        }

        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder!.FullName, "..", "shared", "data", name));
        Skip.IfNot(File.Exists(path), $"There is no corpus {path}.");
        return path;
    }
}
