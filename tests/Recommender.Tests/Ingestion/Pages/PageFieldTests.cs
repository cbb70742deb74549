using Recommender.Articles;
using static Recommender.Tests.Ingestion.Pages.Pages;

namespace Recommender.Tests.Ingestion.Pages;

/// <summary>Single fields, each with what pages get wrong about it.</summary>
public class PageFieldTests
{
    private const string OpenGraphArticle = "<meta property='og:type' content='article'>";

    [Theory]
    [InlineData("Board agrees to nothing | Politics | The Gazette", "Board agrees to nothing")]
    [InlineData("Board agrees to nothing - By Jane Doe - Gazette", "Board agrees to nothing")]
    [InlineData("Gazette: Board agrees to nothing", "Board agrees to nothing")]
    [InlineData("The Gazette | Board agrees to nothing", "Board agrees to nothing")]
    [InlineData("Board agrees to nothing – gazette.example", "Board agrees to nothing")]
    [InlineData("Board agrees - to nothing", "Board agrees - to nothing")]
    [InlineData("Pilots: the board has failed us | The Gazette", "Pilots: the board has failed us")]
    [InlineData("Life, death and the tide - a chronicle", "Life, death and the tide - a chronicle")]
    [InlineData("Why I read The Gazette", "Why I read The Gazette")]
    [InlineData("Tom &amp;amp; Jerry&#39;s ferry | Gazette", "Tom & Jerry's ferry")]
    public void Names_of_site_section_and_author_are_cut_off_titles(string title, string expected)
    {
        var head = $"<title>{title}</title>{OpenGraphArticle}<meta name='author' content='Jane Doe'><meta property='article:section' content='Politics'>";

        Assert.Equal(expected, Of(head, Prose)!.Title);
    }

    [Fact]
    public void Title_keeps_a_dash_that_the_heading_has()
    {
        var article = Of($"<title>Bread and salt - Politics - The Gazette</title>{OpenGraphArticle}<meta property='article:section' content='Politics'>", $"<h1>Bread and salt - Politics</h1>{Prose}");

        Assert.Equal("Bread and salt - Politics", article!.Title);
    }

    [Fact]
    public void Headline_that_structured_data_cut_short_is_completed_from_the_heading()
    {
        var article = Of("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Board agrees to nothing...\"}</script>", $"<h1>Board agrees to nothing for the ninth time</h1>{Prose}");

        Assert.Equal("Board agrees to nothing for the ninth time", article!.Title);
    }

    [Theory]
    [InlineData("By JANE DOE, Political Editor, and John Roe | October 18, 2021", "Jane Doe|John Roe")]
    [InlineData("Von Grete Amsel und Jörg Pohl", "Grete Amsel|Jörg Pohl")]
    [InlineData("Par Maud Lenoir (à Vaux)", "Maud Lenoir")]
    [InlineData("Por Inés Calderón, Rui Tavares y Eva Sol", "Inés Calderón|Rui Tavares|Eva Sol")]
    [InlineData("by Jane Doe @janedoe jane@gazette.example", "Jane Doe")]
    [InlineData("Published October 18, 2021 | By Jane Doe", "Jane Doe")]
    [InlineData("Martin Oake, Jr. and Lee Wu", "Martin Oake Jr.|Lee Wu")]
    public void Byline_is_stripped_to_names(string byline, string expected)
    {
        var article = Of(OpenGraphArticle, $"<h1>Board agrees to nothing</h1><div class='byline'>{byline}</div>{Prose}");

        Assert.Equal(expected.Split('|'), article!.Authors!);
    }

    [Fact]
    public void Name_of_the_site_is_an_author_only_when_there_is_no_other()
    {
        const string Declared = OpenGraphArticle + "<meta name='author' content='The Gazette'>";

        Assert.Equal(["The Gazette"], Of(Declared)!.Authors!);
        Assert.Equal(["Jane Doe"], Of(Declared, $"<h1>Board agrees to nothing</h1><p class='byline'>By Jane Doe</p>{Prose}")!.Authors!);
    }

    [Theory]
    [InlineData("2021-10-18T07:30:00+02:00", "2021-10-18T05:30:00")]
    [InlineData("2021-07-01 12:00", "2021-07-01T11:00:00")]
    [InlineData("Mon, 18 Oct 2021 07:30:00 GMT", "2021-10-18T07:30:00")]
    [InlineData("1634542200", "2021-10-18T07:30:00")]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("1970-01-01T00:00:00Z", null)]
    [InlineData("soon", null)]
    public void Dates_of_meta_tags_become_utc(string written, string? expected)
    {
        var article = Of($"{OpenGraphArticle}<meta property='article:published_time' content='{written}'>");

        Assert.Equal(expected, article!.Published?[..19]);
    }

    [Fact]
    public void Dates_are_taken_from_the_surest_place_that_has_one()
    {
        const string Json = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Board agrees to nothing\",\"dateCreated\":\"2015-01-01T00:00:00Z\"PUBLISHED}</script>";
        const string Body = "<article><h1>Board agrees to nothing</h1><time datetime='2018-04-04T10:00:00Z'>4 April</time>" + Prose + "</article><aside><time datetime='2011-01-01T00:00:00Z'></time></aside>";
        const string Url = "https://gazette.example/2017/03/03/board";
        const string Meta = "<meta name='parsely-pub-date' content='2019-05-05T00:00:00Z'>";

        string Year(string head, string body, string url) => Of(head, body, url)!.Published![..4];
        var withDate = Json.Replace("PUBLISHED", ",\"datePublished\":\"2020-06-06T00:00:00Z\"", StringComparison.Ordinal);
        var without = Json.Replace("PUBLISHED", "", StringComparison.Ordinal);
        Assert.Equal("2020", Year(withDate + Meta, Body, Url));
        Assert.Equal("2019", Year(without + Meta, Body, Url));
        Assert.Equal("2018", Year(without, Body, Url));
        Assert.Equal("2017", Year(without, $"<h1>Board agrees to nothing</h1>{Prose}", Url));
        Assert.Equal("2015", Year(without, $"<h1>Board agrees to nothing</h1>{Prose}", "https://gazette.example/board"));
    }

    [Fact]
    public void Day_of_a_surer_place_takes_its_time_from_another()
    {
        var article = Of($"{OpenGraphArticle}<meta name='pubdate' content='2021-10-18'>", $"<h1>Board agrees to nothing</h1><time datetime='2021-10-18T15:04:00Z'></time>{Prose}");

        Assert.Equal("2021-10-18T15:04:00.0000000+00:00", article!.Published);
    }

    [Fact]
    public void Text_that_speaks_of_tags_and_entities_reaches_the_index_as_it_was_written()
    {
        var article = Of(OpenGraphArticle, "<article><h1>Why &lt;blink&gt; mattered</h1><p>The element &lt;blink&gt; was never in a standard, and neither was &amp;amp; in a headline, but both of them were on every second page of the day.</p></article>")!;

        Assert.Equal("Why <blink> mattered", PlainText.Line(article.Title!));
        Assert.Contains("element <blink> was never in a standard, and neither was &amp; in", PlainText.Body(article.Body!).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ArticleBody_of_structured_data_is_taken_when_it_is_as_long_as_what_can_be_seen()
    {
        var text = string.Join("\\n\\n", Enumerable.Range(1, 9).Select(i => $"Paragraph {i} of the minutes, which only subscribers see on the page itself but everybody may search for."));
        var article = Of($"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Board agrees to nothing\",\"articleBody\":\"{text}\"}}</script>");

        Assert.StartsWith("Paragraph 1 of the minutes", article!.Body, StringComparison.Ordinal);
        Assert.Equal(9, article.Body!.Split("\n\n").Length);
    }

    [Fact]
    public void Paragraph_with_many_links_survives_and_gives_its_links()
    {
        var article = Of(OpenGraphArticle, $"<article><h1>Board agrees to nothing</h1>{Prose}<p>The board has met <a href='/1'>in spring</a>, <a href='/2?utm_source=x'>in summer</a> and <a href='https://elsewhere.example/3#top'>in autumn</a>, each time above the same fish market.</p></article>");

        Assert.EndsWith("above the same fish market.", article!.Body, StringComparison.Ordinal);
        Assert.Equal(3, article.Links!.Count);
    }

    [Fact]
    public void Relative_addresses_follow_the_base_element()
    {
        var article = Of($"{OpenGraphArticle}<base href='https://www.gazette.example/deep/'><meta property='og:image' content='crab.jpg'>");

        Assert.Equal("https://www.gazette.example/deep/crab.jpg", article!.Image!.Url);
    }
}
