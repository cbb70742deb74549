using System.IO.Compression;
using System.Text;
using Recommender.Articles;
using Recommender.Ingestion;

namespace Recommender.Tests.Ingestion;

public sealed class SourceReaderTests : IAsyncLifetime
{
    private const string Line = """{"url":"https://gazette.example/a","title":"A"}""";
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("Cider makers look abroad for apples this year.", 20));

    private readonly string folder = Directory.CreateTempSubdirectory("sources-").FullName;
    private IngestionRoom room = null!;

    public async Task InitializeAsync() => room = await IngestionRoom.OpenAsync();

    public async Task DisposeAsync()
    {
        await room.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("a.jsonl", false)]
    [InlineData("a.jsonl.gz", true)]
    [InlineData("packed-but-not-called-so.ndjson", true)]
    [InlineData("lines-called.json", false)]
    [InlineData("no-extension", false)]
    public async Task Lines_are_read_whatever_the_file_is_called(string name, bool isPacked)
    {
        var items = await room.ReadAsync(Write(name, Line + "\n\n{\"title\": 5\n" + Line.Replace("\"A\"", "\"B\"", StringComparison.Ordinal), isPacked));

        Assert.Equal([$"{name}:1", $"{name}:3", $"{name}:4"], items.Select(item => item.Place));
        Assert.Equal(["A", null, "B"], items.Select(item => item.Input?.Title));
        Assert.NotNull(items[1].Error);
    }

    [Fact]
    public async Task A_list_a_single_object_and_a_json_feed_are_told_apart()
    {
        var list = await room.ReadAsync(Write("list.json", $"[\n {Line},\n 5,\n {Line} ]"));
        var single = await room.ReadAsync(Write("single.json", Line.Replace(",", ",\n", StringComparison.Ordinal)));
        var feed = await room.ReadAsync(Write("feed.json", """{"items":[{"id":"https://gazette.example/f","title":"F"}],"version":"https://jsonfeed.org/version/1"}"""));

        Assert.Equal(["A", null, "A"], list.Select(item => item.Input?.Title));
        Assert.Equal(("list.json[1]", "It is no JSON object."), (list[1].Place, list[1].Error));
        Assert.Equal("A", Assert.Single(single).Input!.Title);
        Assert.Equal("F", Assert.Single(feed).Input!.Title);
    }

    [Theory]
    [InlineData("feed.xml")]
    [InlineData("feed.rss")]
    [InlineData("feed.txt")]
    public async Task A_feed_in_a_file_is_read_without_asking_anybody(string name)
    {
        var items = await room.ReadAsync(Write(name, $"<rss><channel><link>{room.Web.Address}</link><lastBuildDate>2026-11-05T00:00:00Z</lastBuildDate><item><title>T</title><link>/thin</link></item><item><title>N</title></item></channel></rss>", name == "feed.rss"));

        Assert.Equal((room.Web.Url("/thin"), "2026-11-05T00:00:00.0000000+00:00"), (items[0].Input!.Url, items[0].Input!.Published));
        Assert.Equal("The item has no link.", items[1].Error);
        Assert.Empty(room.Web.Requests);
    }

    [Fact]
    public async Task A_folder_is_read_in_order_with_its_bad_files_named()
    {
        Write("b.jsonl", Line);
        Write("a/x.xml", "<rss><channel><item><title>X</title><link>https://gazette.example/x</link></item></channel></rss>");
        Write("a/broken.xml", "nothing of the kind");
        Write("c.html", "<html><head><title>No address</title></head></html>");
        Write("notes.txt", "not read");
        Write(".hidden/h.jsonl", Line);
        var progress = new List<SourceProgress>();

        var items = await room.ReadAsync(folder, new Told(progress.Add));

        Assert.Equal([Path.Combine("a", "broken.xml"), "https://gazette.example/x", "b.jsonl:1", "c.html"], items.Select(item => item.Place));
        Assert.Equal([true, false, false, true], items.Select(item => item.Error is not null));
        Assert.Contains("og:url", items[3].Error, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3, 4], progress.Select(step => step.Done));
        Assert.All(progress, step => Assert.Equal(4, step.Total));
    }

    [Fact]
    public async Task Progress_of_a_file_is_in_bytes_and_ends_at_its_size()
    {
        var path = Write("many.jsonl", string.Join('\n', Enumerable.Repeat(Line, 20_000)));
        var progress = new List<SourceProgress>();

        await room.ReadAsync(path, new Told(progress.Add));

        var size = new FileInfo(path).Length;
        Assert.Equal(new SourceProgress(size, size), progress[^1]);
        Assert.True(progress.Select(step => step.Done).SequenceEqual(progress.Select(step => step.Done).Order()));
        Assert.True(progress[0].Done < size / 2, "The file was read whole before its first line came.");
    }

    [Fact]
    public async Task A_packed_file_that_is_damaged_gives_what_it_has_and_says_where_it_ends()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(number => $$"""{"url":"https://gazette.example/{{number}}","title":"{{number * 7919L % 10007}}"}"""));
        var path = Write("cut.jsonl.gz", lines, isPacked: true);
        await using (var file = new FileStream(path, FileMode.Open))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.Write(new byte[64]);
        }

        var items = await room.ReadAsync(path);

        Assert.True(items.Count(item => item.Input is not null) > 1_000);
        Assert.StartsWith("Nothing after cut.jsonl.gz:", items[^1].Error);
    }

    [Theory]
    [InlineData("nowhere.jsonl")]
    [InlineData("empty-folder")]
    [InlineData("text.txt")]
    public async Task A_source_that_holds_nothing_is_refused(string name)
    {
        Directory.CreateDirectory(Path.Combine(folder, "empty-folder"));
        Write("text.txt", "just words");
        await Assert.ThrowsAsync<SourceException>(() => room.ReadAsync(Path.Combine(folder, name)));
    }

    [Fact]
    public async Task A_feed_at_a_url_is_told_by_its_content()
    {
        room.Web.Answer("/feed", $"<rss><channel><item><title>T</title><link>/1</link><description>{Words}</description><pubDate>2026-11-05T00:00:00Z</pubDate></item></channel></rss>", "text/html");
        var progress = new List<SourceProgress>();

        var item = Assert.Single(await room.ReadAsync(room.Web.Url("/feed"), new Told(progress.Add)));

        Assert.Equal((room.Web.Url("/1"), "T", Words), (item.Input!.Url, item.Input.Title, item.Input.Body));
        Assert.Equal([new SourceProgress(1, 1)], progress);
    }

    [Fact]
    public async Task What_is_indexed_with_its_text_is_not_fetched_again_and_stays_unchanged()
    {
        await room.Publisher.PublishAsync(room.Site, new ArticleInput { Id = "one", Url = room.Web.Url("/1"), Title = "T", Body = Words, Published = "2026-11-05T00:00:00Z" });
        room.Web.Answer("/sitemap.xml", $"<urlset><url><loc>{room.Web.Url("/1")}</loc></url></urlset>");

        var item = Assert.Single(await room.ReadAsync(room.Web.Url("/sitemap.xml")));
        Assert.Equal(PublishOutcome.Unchanged, (await room.Publisher.PublishAsync(room.Site, item.Input!)).Outcome);
        Assert.Equal(["/sitemap.xml"], room.Web.Requests);
    }

    [Fact]
    public async Task Lines_at_a_url_are_read_too()
    {
        room.Web.Answer("/articles", Line + "\n" + Line, "application/json");
        Assert.Equal(2, (await room.ReadAsync(room.Web.Url("/articles"))).Count(item => item.Input is not null));
    }

    [Theory]
    [InlineData("https://elsewhere.example/feed")]
    [InlineData("http://[")]
    public async Task A_url_outside_the_site_is_refused(string url) => await Assert.ThrowsAsync<SourceException>(() => room.ReadAsync(url));

    [Fact]
    public async Task A_url_with_nothing_there_is_refused() =>
        Assert.Contains("not there", (await Assert.ThrowsAsync<SourceException>(() => room.ReadAsync(room.Web.Url("/none")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_page_is_read_from_a_url_and_from_a_file_that_names_its_own()
    {
        var url = room.Web.Url("/tide");
        room.Web.Answer("/tide", InventedPages.Article(url, "High tide", "the tide"), "text/plain");

        var online = Assert.Single(await room.ReadAsync(url));
        var saved = Assert.Single(await room.ReadAsync(Write("tide.html", InventedPages.Article(url, "High tide", "the tide"))));

        Assert.Equal(("High tide", "High tide", url, url), (online.Input!.Title, saved.Input!.Title, online.Input.Url, saved.Input.Url));
    }

    private string Write(string name, string content, bool isPacked = false)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Stream file = isPacked ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(content));
        return path;
    }

    private sealed class Told(Action<SourceProgress> act) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value) => act(value);
    }
}
