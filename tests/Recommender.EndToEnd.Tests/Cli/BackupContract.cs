using System.Globalization;
using Recommender.Changes;
using Recommender.Editorial;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>A backup of a store, whichever it is, put back.</summary>
public abstract class BackupContract(IToolPlace place) : IDisposable
{
    private const string At = "2025-03-01";

    private static readonly Site Site = new() { Id = "default", Name = "default" };

    // For the 20,000 of a release: MORE_STORIES_BACKUP_ARTICLES=20000 dotnet test --filter Backup
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("MORE_STORIES_BACKUP_ARTICLES"), CultureInfo.InvariantCulture, out var count) ? count : 150;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-backup-");

    [SkippableFact]
    public async Task Exported_wiped_and_imported_a_site_has_the_same_lists_overrides_and_audit()
    {
        place.SkipUnlessThere();
        var store = place.NewStore();
        var (articles, backup) = (Path.Combine(folder.FullName, "articles.jsonl"), Path.Combine(folder.FullName, "backup.jsonl.gz"));
        await File.WriteAllTextAsync(articles, SampleArticles.Lines(Count));
        (await store.RunAsync("index", articles)).Succeeded();
        await DecideAsync(store);
        (await store.RunAsync("remove", "story-00009")).Succeeded();
        var before = await SeeAsync(store);

        var exported = (await store.RunAsync("export", "--out", backup)).Succeeded();
        await WipeAsync(store);
        Assert.Empty(await AuditAsync(store));
        var imported = (await store.RunAsync("import", backup)).Succeeded();

        Assert.Equal(before, await SeeAsync(store));
        Assert.Equal([articles, backup], Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
        var has = string.Create(CultureInfo.InvariantCulture, $"{Count:N0} articles, 3 overrides, 5 audit entries");
        Assert.Equal($"{has} in {backup}.", exported.ErrorLines[^1]);
        Assert.Equal(has, imported.Lines[0]);
        Assert.Matches(@"^Site 'default' is as it was on .+Z: ([0-9,]+) of \1 rows written in [0-9,.]+ s$", imported.Lines[1]);
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private static async Task DecideAsync(ToolStore store)
    {
        var tables = store.Open();
        var overrides = Overrides(tables);
        Override[] rules =
        [
            new Pin { Scope = OverrideScope.Page("story-00007"), Slot = 1, Target = "story-00100", Note = "For the anniversary", Author = "Ines" },
            new Block { Scope = OverrideScope.Topic("gullhaven"), Target = "story-00003", Author = "Ben" },
            new Boost { Scope = OverrideScope.Site, Target = "story-00004", Factor = 1.5, Author = "Ines" },
            new Block { Scope = OverrideScope.Site, Target = "story-00005", Author = "Ben", Until = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        ];
        foreach (var rule in rules)
        {
            await overrides.PutAsync(Site, rule, OverrideCondition.None);
        }

        await overrides.DeleteAsync(Site, OverrideScope.Topic("gullhaven"), Block.Name, "story-00003", OverrideCondition.None, "Ines");
        (tables as IDisposable)?.Dispose();
    }

    private static OverrideStore Overrides(ITableStore tables) => new(
        new OverrideTable(tables, new AuditLog(tables)), new Journal(tables, TimeProvider.System), new ChangeFollower(new ChangeLog(tables, TimeProvider.System), [], new StoreSilence(), TimeProvider.System), TimeProvider.System);

    /// <summary>All that anybody sees: lists as JSON, overrides, audit, articles.</summary>
    private static async Task<List<string>> SeeAsync(ToolStore store)
    {
        var seen = new List<string>();
        foreach (var id in SampleArticles.Ids(Count).Where((_, place) => place == 7 || place == Count - 1))
        {
            seen.Add((await store.RunAsync("list", id, "--json", "--at", At, "--count", "20", "--explain")).Succeeded().Output);
        }

        var tables = store.Open();
        foreach (var scope in new[] { OverrideScope.Page("story-00007"), OverrideScope.Topic("gullhaven"), OverrideScope.Site })
        {
            seen.AddRange((await Overrides(tables).ListAsync(Site, scope)).Select(rule => (rule with { ETag = null }).ToString()));
        }

        (tables as IDisposable)?.Dispose();
        seen.AddRange((await AuditAsync(store)).Select(entry => entry.ToString()));
        return seen;
    }

    private static async Task<IReadOnlyList<AuditEntry>> AuditAsync(ToolStore store)
    {
        var tables = store.Open();
        var entries = await new AuditLog(tables).ListAsync(Site, null, 100);
        (tables as IDisposable)?.Dispose();
        return entries;
    }

    private static async Task WipeAsync(ToolStore store)
    {
        var tables = store.Open();
        foreach (var name in TableNames.All)
        {
            var rows = await ((ITableScan)tables).ScanAsync(name, Site.Id).Select(row => RowChange.Delete(row.PartitionKey, row.RowKey)).ToListAsync();
            await tables.Table(name).SubmitManyAsync(rows);
        }

        (tables as IDisposable)?.Dispose();
    }
}

/// <summary>On an SQLite file.</summary>
public sealed class SqliteBackupTests(SqlitePlace place) : BackupContract(place), IClassFixture<SqlitePlace>;

/// <summary>On the emulator of Azure Table Storage.</summary>
public sealed class AzuriteBackupTests(AzuritePlace place) : BackupContract(place), IClassFixture<AzuritePlace>;
