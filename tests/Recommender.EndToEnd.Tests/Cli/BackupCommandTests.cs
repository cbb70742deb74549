namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>What <c>export</c> and <c>import</c> say and refuse.</summary>
public sealed class BackupCommandTests(SqlitePlace place) : IClassFixture<SqlitePlace>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-backup-");

    [Fact]
    public async Task Importing_it_again_writes_nothing_and_what_came_since_is_lost_only_when_asked_for()
    {
        var store = place.NewStore();
        (await store.RunWithInputAsync(SampleArticles.Lines(30), "index", "-")).Succeeded();
        var backup = (await store.RunAsync("export")).Succeeded().Output;

        var again = (await store.RunWithInputAsync(backup, "import", "-")).Succeeded();
        (await store.RunWithInputAsync(SampleArticles.Lines(31), "index", "-")).Succeeded();
        var refused = await store.RunWithInputAsync(backup, "import", "-");
        var kept = (await store.RunAsync("show", "story-00030")).Succeeded();
        (await store.RunWithInputAsync(backup, "import", "-", "--replace")).Succeeded();
        var after = (await store.RunAsync("export")).Succeeded().Output;

        Assert.Contains(": 0 of ", again.Lines[1], StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(
            @"^more-stories: Site 'default' has [0-9]+ rows that the backup of .+ has not, and [0-9]+ that it has otherwise\. Say --replace to lose them\. Nothing was written\.$", refused.ErrorLines[^1]);
        Assert.NotEmpty(kept.Output);
        Assert.Equal(Rows(backup), Rows(after));
    }

    [Fact]
    public async Task A_broken_backup_is_refused_in_one_line_and_nothing_is_written()
    {
        var (store, other) = (place.NewStore(), place.NewStore());
        (await store.RunWithInputAsync(SampleArticles.Lines(12), "index", "-")).Succeeded();
        var file = Path.Combine(folder.FullName, "backup.jsonl.gz");
        (await store.RunAsync("export", "--out", file)).Succeeded();
        var whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);
        var cut = await other.RunAsync("import", file);
        await File.WriteAllBytesAsync(file, whole);
        var asArticles = await other.RunAsync("index", file);
        var strict = await other.RunAsync("import", file, "--strict");
        var replaced = await other.RunWithInputAsync(SampleArticles.Lines(1), "import", "-", "--replace");

        Assert.Equal(1, cut.ExitCode);
        Assert.Matches("^more-stories: The backup (is not complete|is damaged|cannot be unpacked)", Assert.Single(cut.ErrorLines));
        Assert.Equal(1, asArticles.ExitCode);
        Assert.Equal((2, "more-stories: A backup is taken as a whole: --strict and --results are for articles."), (strict.ExitCode, Assert.Single(strict.ErrorLines)));
        Assert.Equal((2, "more-stories: This is no backup but articles: --replace is for backups."), (replaced.ExitCode, Assert.Single(replaced.ErrorLines)));
        Assert.Empty((await other.RunAsync("articles")).Succeeded().Output);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // The first line says when a backup was made, and the last one's hash is over that too.
    private static string[] Rows(string backup) => backup.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1];
}
