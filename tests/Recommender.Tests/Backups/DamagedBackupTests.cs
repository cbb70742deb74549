using System.Text;
using Recommender.Backups;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Backups;

public sealed class DamagedBackupTests : IAsyncLifetime
{
    private Newsroom empty = null!;
    private string backup = "";

    public async Task InitializeAsync()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1));
        using var written = new MemoryStream();
        await newsroom.Get<SiteBackup>().WriteAsync(newsroom.Site, written);
        (backup, empty) = (Encoding.UTF8.GetString(written.ToArray()), await Newsroom.OpenAsync());
    }

    public async Task DisposeAsync() => await empty.DisposeAsync();

    [Fact]
    public async Task Wherever_it_is_cut_it_is_told_and_nothing_is_written()
    {
        for (var length = 0; length < backup.Length; length += 1 + (backup.Length / 60))
        {
            await AssertRefusedAsync(backup[..length], length == 0 ? "The backup is empty." : "");
        }

        await AssertRefusedAsync(backup[..^1], "The backup is not complete: it ends after line");
        await AssertRefusedAsync(backup[..backup.LastIndexOf("{\"end\"", StringComparison.Ordinal)], "The backup is not complete: it ends after line");
    }

    [Fact]
    public async Task Whichever_line_is_missing_doubled_or_moved_it_is_told()
    {
        var lines = backup.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var line = 0; line < lines.Length; line++)
        {
            await AssertRefusedAsync(Join(lines.Where((_, at) => at != line)));
            await AssertRefusedAsync(Join([.. lines[..line], lines[line], .. lines[line..]]));
            if (line + 1 < lines.Length)
            {
                await AssertRefusedAsync(Join([.. lines[..line], lines[line + 1], lines[line], .. lines[(line + 2)..]]));
            }
        }
    }

    [Theory]
    [InlineData("\"Pending\":false", "\"Pending\":true", "The backup is damaged: its last line does not agree with what stands before it.")]
    [InlineData("\"values\"", "\"Values\"", "The backup is damaged in line 2.")]
    [InlineData("\"bytes\":\"", "\"bytes\":\"*", "The backup is damaged in line 2.")]
    [InlineData("\"partition\":\"~", "\"partition\":\"", "The backup is damaged in line 2.")]
    [InlineData("\"format\":1", "\"format\":2", "The backup was made by a later version: its format is 2, and this version reads 1.")]
    [InlineData("\"Audit\"", "\"Aardvark\"", "The backup was made by another version: it has a table 'Aardvark'.")]
    [InlineData("\"site\":\"gazette\"", "\"site\":null", "The backup's first line is damaged.")]
    [InlineData("{\"backup\"", "{\"id\"", "This is no backup: its first line is not one that export writes.")]
    [InlineData("\"hash\":\"", "\"hash\":\"0", "The backup is damaged: its last line does not agree with what stands before it.")]
    [InlineData("\"unfinished\":[]", "\"unfinished\":null", "The backup is damaged: its last line does not agree with what stands before it.")]
    public async Task What_was_changed_in_it_is_told(string from, string to, string message)
    {
        var at = backup.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{from} is not in the backup.");
        await AssertRefusedAsync(backup[..at] + to + backup[(at + from.Length)..], message);
    }

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private async Task AssertRefusedAsync(string text, string message = "")
    {
        var failure = await Assert.ThrowsAsync<BackupException>(() => empty.Get<SiteRestore>().PlanAsync(empty.Site, new MemoryStream(Encoding.UTF8.GetBytes(text))));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.Empty(await empty.Publisher.AllAsync(empty.Site).ToListAsync());
    }
}
