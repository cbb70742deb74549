using System.Net;
using System.Text;
using Recommender.Testing;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>What the tool indexes besides JSON Lines.</summary>
public sealed class SourceTests(SqlitePlace place) : IClassFixture<SqlitePlace>, IDisposable
{
    private static readonly string Text = string.Join(' ', Enumerable.Repeat("The ferry crosses the sound at low tide and comes back with the mail.", 20));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-cli-sources-");
    private readonly ToolStore store = place.NewStore();

    [Fact]
    public async Task A_feed_is_fetched_from_where_the_person_pointed_once_private_addresses_are_allowed()
    {
        var origin = $"http://127.0.0.1:{Azurite.FreePort()}";
        using var server = new HttpListener { Prefixes = { origin + "/" } };
        server.Start();
        var serving = ServeAsync(server, $"""
            <?xml version="1.0"?><rss version="2.0"><channel><title>Sound</title><link>{origin}</link>
            <item><title>Ferry runs again</title><link>{origin}/ferry</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>{Text}</description></item>
            <item><title>Lamp relit</title><link>{origin}/lamp</link><pubDate>Wed, 06 Mar 2024 10:00:00 GMT</pubDate><description>{Text}</description></item>
            </channel></rss>
            """);
        var allowing = new Dictionary<string, string>(store.Environment) { ["Ingestion__AllowPrivateAddresses"] = "true", ["Ingestion__Pause"] = "0" };

        var refused = await store.RunAsync("index", origin + "/feed.xml");
        var indexed = (await ToolProcess.RunAsync(allowing, null, "index", origin + "/feed.xml")).Succeeded();
        var articles = (await store.RunAsync("articles")).Succeeded();
        server.Stop();
        await serving;

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("127.0.0.1", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Matches("^created +2$", indexed.Lines[0]);
        Assert.EndsWith("Lamp relit", articles.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Ferry runs again", articles.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_pages_and_lines_is_indexed_file_by_file()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "page.html"), $$"""
            <!doctype html><html lang="en"><head><title>Quay mended | Sound</title><link rel="canonical" href="https://courier.example/quay">
            <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Quay mended","datePublished":"2024-03-07T08:00:00Z"}</script></head>
            <body><article><h1>Quay mended</h1><p>{{Text}}</p></article></body></html>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "lines.jsonl"), SampleArticles.Lines(2));

        var indexed = (await store.RunAsync("index", folder.FullName, "--strict")).Succeeded();
        var quay = (await store.RunAsync("show", "https://courier.example/quay")).Succeeded();

        Assert.Matches("^created +3$", indexed.Lines[0]);
        Assert.Contains("\"title\":\"Quay mended\"", quay.Output, StringComparison.Ordinal);
        Assert.Contains("comes back with the mail", quay.Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task ServeAsync(HttpListener server, string feed)
    {
        try
        {
            while (true)
            {
                var request = await server.GetContextAsync();
                if (request.Request.Url!.AbsolutePath == "/feed.xml")
                {
                    request.Response.ContentType = "application/rss+xml";
                    await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(feed));
                }
                else
                {
                    request.Response.StatusCode = 404;
                }

                request.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
