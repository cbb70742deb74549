using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Reading;

namespace Recommender.Benchmarks.Soaking;

/// <summary>A feed of generated stories that is another whenever it is asked for.</summary>
internal sealed class ChangingFeed : IAsyncDisposable
{
    private const int Stories = 20;
    private readonly WebApplication app;
    private readonly GeneratedCorpus corpus = new(seed: 2);
    private readonly int first;
    private int asked;

    private ChangingFeed(WebApplication app, int first) => (this.app, this.first) = (app, first);

    /// <summary>Where it is.</summary>
    public Uri Address => new(new Uri(app.Urls.Single()), "/feed.xml");

    /// <summary>Starts one at a free port.</summary>
    /// <param name="first">Number behind those of all other stories.</param>
    public static async Task<ChangingFeed> StartAsync(int first)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var feed = new ChangingFeed(builder.Build(), first);
        feed.app.MapGet("/feed.xml", () => Results.Text(feed.Next(), "application/rss+xml"));
        await feed.app.StartAsync();
        return feed;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private string Next()
    {
        var round = Interlocked.Increment(ref asked);
        return new XElement(
            "rss",
            new XAttribute("version", "2.0"),
            new XElement("channel", Enumerable.Range(0, Stories).Select(story => Item(story, round)))).ToString();
    }

    private XElement Item(int story, int round)
    {
        var article = corpus.Article(first + (round * Stories) + story);
        return new XElement(
            "item",
            new XElement("link", string.Create(CultureInfo.InvariantCulture, $"{HotPage.Origin}/feed-{story}")),
            new XElement("title", article.Title),
            new XElement("pubDate", DateTimeOffset.Parse(article.Published!, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)),
            new XElement("description", article.Dek),
            new XElement(XName.Get("encoded", "http://purl.org/rss/1.0/modules/content/"), article.Body));
    }
}
