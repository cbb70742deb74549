using System.Diagnostics;
using CsCheck;
using Recommender.Ingestion;
using static Recommender.Tests.Ingestion.Pages.Pages;

namespace Recommender.Tests.Ingestion.Pages;

/// <summary>Pages that are broken, huge or made to hurt.</summary>
public class HostilePageTests
{
    private static readonly string[] Names = ["wordpress", "arc", "drupal", "ghost", "table", "amp", "live", "related-inside", "policy", "spanish", "german", "french", "broken-json", "webforms", "section"];
    private static readonly string[] Pages = [.. Names.Select(Html)];

    private static readonly string[] Scraps =
    [
        "<div>", "</div>", "<p>", "</p>", "<article>", "</article>", "<table>", "<td>", "</table>", "<svg>", "</svg>", "<math>", "<template>", "<select>", "<option>", "<a href='/x'>", "<a href='http://['>", "</a>",
        "<script>", "</script>", "<script type='application/ld+json'>", "{\"@type\":\"Article\",", "[[[[", "\"", "<!--", "-->", "<![CDATA[", "]]>", "<h1>", "</h1>", "<time datetime='99999'>", "<time datetime='2021-13-45'>",
        "<meta property='og:title' content='", "'>", "<meta name=date content='0000-00-00'>", "<link rel=canonical href='//'>", "<base href='::'>", "<form>", "<b>", "<font color=x>", "</b>", "\0", "\ud800", "&#xD800;", "&", "<", ">", "<html lang='%%'>",
        "<div itemscope itemtype='https://schema.org/Article'>", "<span itemprop=author>", "<body>", "<frameset>", "<h2>Comments</h2>", "<h3>Related</h3>", "By ", "<img src='data:x'>", "<plaintext>", "<textarea>", "<title>", "\\u", "\\",
    ];

    private static readonly Gen<string> AnyScrap = Gen.Int[0, Scraps.Length - 1].Select(index => Scraps[index]);

    [Fact]
    public void Random_scraps_of_markup_never_throw() =>
        Gen.OneOf(AnyScrap, Gen.String[0, 8], Gen.Const("A sentence about the harbour board that is long enough to be taken for prose, with a comma. ")).Array[0, 60].Select(string.Concat)
            .Sample(html => PageReader.Read(Gazette, new Uri("https://gazette.example/a"), html), iter: 3_000, threads: 1);

    [Fact]
    public void Mutated_pages_never_throw() =>
        Gen.Select(Gen.Int[0, Pages.Length - 1].Select(index => Pages[index]), Gen.Select(Gen.Double[0, 1], Gen.Int[0, 60], AnyScrap).Array[1, 12])
            .Sample(
                (page, edits) =>
                {
                    foreach (var (place, cut, scrap) in edits)
                    {
                        var at = (int)(place * page.Length);
                        page = page[..at] + scrap + page[Math.Min(page.Length, at + cut)..];
                    }

                    return PageReader.Read(Gazette, new Uri("https://gazette.example/a/page"), page) is not { Title.Length: 0 };
                },
                iter: 400,
                threads: 1);

    [Theory]
    [InlineData("<div>", 20_000)]
    [InlineData("<div>", 200_000)]
    [InlineData("<span></p>", 100_000)]
    [InlineData("<b><i x=1></b>", 20_000)]
    [InlineData("<font color=1><p>", 20_000)]
    [InlineData("<table><tr><td>", 20_000)]
    [InlineData("<ul><li>", 50_000)]
    [InlineData("<a href=/x>y", 50_000)]
    [InlineData("<svg><g>", 50_000)]
    [InlineData("<!--", 200_000)]
    [InlineData("<textarea>", 50_000)]
    [InlineData("<p class=related>x</p>", 50_000)]
    [InlineData("<div><p>One paragraph of many, with a comma, about the harbour board and its crab.</p></div>", 30_000)]
    [InlineData("<article><h2><a href=/x>y</a></h2></article>", 30_000)]
    [InlineData("<nav>", 50_000)]
    [InlineData("<h3>Related</h3>", 30_000)]
    public void Deep_and_large_pages_are_read_in_bounded_time(string scrap, int times)
    {
        var html = $"<html><head><title>Board agrees to nothing</title><meta property='og:type' content='article'></head><body><article><h1>Board agrees to nothing</h1>{Prose}</article>{string.Concat(Enumerable.Repeat(scrap, times))}";
        var clock = Stopwatch.StartNew();

        var article = PageReader.Read(Gazette, new Uri("https://gazette.example/a/page"), html);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"It took {clock.Elapsed}.");
        Assert.Equal("Board agrees to nothing", article?.Title);
        Assert.Contains("brass weight in the shape of a crab", article!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_inside_20_000_nested_elements_is_still_found()
    {
        var html = $"<html><head><title>Board agrees to nothing</title><meta property='og:type' content='article'></head><body>{string.Concat(Enumerable.Repeat("<div>", 20_000))}<h1>Board agrees to nothing</h1>{Prose}<nav><a href='/x'>Weather</a></nav>";

        var article = PageReader.Read(Gazette, new Uri("https://gazette.example/a/page"), html)!;

        Assert.Equal(2, article.Body!.Split("\n\n").Length);
    }

    [Fact]
    public void Huge_scripts_and_inlined_pictures_cost_little()
    {
        var script = $"<script>var state = \"{new string('x', 8_000_000)}\";</script>";
        var html = $"<html><head><title>Board agrees to nothing</title>{script}</head><body><h1>Board agrees to nothing</h1><img src='data:image/png;base64,{new string('A', 4_000_000)}'>{script}{Prose}{Prose}";
        var clock = Stopwatch.StartNew();

        var article = PageReader.Read(Gazette, new Uri("https://gazette.example/a/page"), html);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
        Assert.Contains("crab", article!.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("no markup at all")]
    [InlineData("<html></html>")]
    [InlineData("{\"json\":true}")]
    [InlineData("<frameset><frame src=x></frameset>")]
    public void What_holds_no_article_is_null(string html) => Assert.Null(PageReader.Read(Gazette, new Uri("https://gazette.example/a"), html));
}
