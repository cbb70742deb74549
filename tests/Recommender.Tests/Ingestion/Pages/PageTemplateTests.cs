using Recommender.Articles;
using static Recommender.Tests.Ingestion.Pages.Pages;

namespace Recommender.Tests.Ingestion.Pages;

/// <summary>Pages shaped by the templates of well-known systems, with invented texts.</summary>
public class PageTemplateTests
{
    [Fact]
    public void Wordpress_page_gives_everything_its_graph_says_and_only_the_entry_as_body()
    {
        var article = Read("wordpress", "https://www.gazette.example/2021/10/lamplighters/");

        Assert.Equal("https://www.gazette.example/2021/10/lamplighters", article.Url);
        Assert.Equal("Lamplighters of Tern Street keep the gas burning", article.Title);
        Assert.Equal("Three people still light 212 gas lamps by hand, and the council wants LEDs.", article.Dek);
        Assert.Equal("2021-10-18T07:30:00.0000000+00:00", article.Published);
        Assert.Equal("2021-10-19T09:00:00.0000000+00:00", article.Updated);
        Assert.Equal(["Orla Venn"], article.Authors!);
        Assert.Equal(["City & Region", "Street lighting", "Tern Street", "Gas"], article.Topics!);
        Assert.Equal(new ArticleImage("https://www.gazette.example/wp-content/uploads/lamps.jpg", "A lamplighter on a ladder", 1600, 900), article.Image);
        Assert.Equal("en-gb", article.Language);
        Assert.Equal(4, article.Body!.Split("\n\n").Length);
        Assert.StartsWith("At dusk Wim Aldous", article.Body, StringComparison.Ordinal);
        Assert.EndsWith("post number fourteen.", article.Body, StringComparison.Ordinal);
        Assert.Equal(["https://www.gazette.example/2019/03/estuary-winds/", "https://council.example/papers/lighting.pdf"], article.Links!);
    }

    [Fact]
    public void Arc_page_leaves_promos_inside_the_article_and_a_short_articleBody_out()
    {
        var article = Read("arc");

        Assert.Equal("Glass bridge over the Sorrel Gorge closes after nine days", article.Title);
        Assert.Equal(["Pia Lund", "Theo Marsh"], article.Authors!);
        Assert.Equal(["Travel", "bridges", "Sorrel Gorge"], article.Topics!);
        Assert.Equal("https://cdn.example/resizer/bridge-1200.jpg", article.Image!.Url);
        Assert.Equal("2022-06-03T16:20:11.1230000+00:00", article.Published);
        Assert.Equal(4, article.Body!.Split("\n\n").Length);
        Assert.DoesNotContain("inbox", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("rope bridges", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("night train", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("State of the program", article.Body, StringComparison.Ordinal);
        Assert.Equal(["https://standards.example/glass-frames"], article.Links!);
    }

    [Fact]
    public void Drupal_page_is_read_by_its_dublin_core()
    {
        var article = Read("drupal");

        Assert.Equal("Beekeepers map the last wild hives of the Low Fens", article.Title);
        Assert.Equal("2020-05-12T08:15:00.0000000+00:00", article.Published);
        Assert.Equal("2020-05-14T09:00:00.0000000+00:00", article.Updated);
        Assert.Equal(["Fen Desk"], article.Authors!);
        Assert.Equal(["bees", "Low Fens", "honey"], article.Topics!);
        Assert.Equal(4, article.Body!.Split("\n\n").Length);
        Assert.DoesNotContain("Eel ladders", article.Body, StringComparison.Ordinal);
        Assert.Equal(["https://gazette.example/archive/survey-1974", "https://journal.example/fen-bees"], article.Links!);
    }

    [Fact]
    public void Ghost_page_keeps_its_subheading_and_loses_cards_and_sign_up()
    {
        var article = Read("ghost", "https://gazette.example/tide-clock/");

        Assert.Equal("What the tide clock got wrong", article.Title);
        Assert.Equal(["Letters from the Mole"], article.Authors!);
        Assert.Equal(["Harbour", "Clocks"], article.Topics!);
        Assert.Equal(2000, article.Image!.Width);
        Assert.Contains("\n\nEleven minutes\n\n", article.Body!, StringComparison.Ordinal);
        Assert.EndsWith("and his fee.", article.Body, StringComparison.Ordinal);
        Assert.Empty(article.Links!);
    }

    [Fact]
    public void Hand_made_table_page_is_read_from_what_can_be_seen()
    {
        var article = Read("table", "https://gazette.example/2003/04/12/ferry.html");

        Assert.Equal("Last ferry to Skerry Isle", article.Title);
        Assert.Equal("2003-04-11T23:00:00.0000000+00:00", article.Published);
        Assert.Equal(["Nan Torvill"], article.Authors!);
        Assert.Equal(4, article.Body!.Split("\n\n").Length);
        Assert.StartsWith("The ferry Margit made her last crossing", article.Body, StringComparison.Ordinal);
        Assert.EndsWith("a drawing of a cow.", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Weather", article.Body!, StringComparison.Ordinal);
        Assert.DoesNotContain("Copyright", article.Body!, StringComparison.Ordinal);
        Assert.Equal(["https://gazette.example/2003/council.html"], article.Links!);
    }

    [Fact]
    public void Amp_page_leads_to_its_canonical_one_and_its_commented_json_is_read()
    {
        var article = Read("amp", "https://www.gazette.example/weather/geese-on-the-snow/amp");

        Assert.Equal("https://www.gazette.example/weather/geese-on-the-snow", article.Url);
        Assert.Equal("2021-01-10T04:30:00.0000000+00:00", article.Published);
        Assert.Equal(["Mara Quill", "Jon Abara"], article.Authors!);
        Assert.Equal("The airport closed. Then it found out why.", article.Dek);
        Assert.Equal(new ArticleImage("https://www.gazette.example/img/geese.jpg", "Geese asleep on runway two", 1200, 800), article.Image);
        Assert.DoesNotContain("tram tunnel", article.Body!, StringComparison.Ordinal);
        Assert.Equal(3, article.Body!.Split("\n\n").Length);
    }

    [Fact]
    public void Live_blog_gives_its_updates_as_body()
    {
        var article = Read("live");

        Assert.Equal("Count night in Brennan Sound: as it happened", article.Title);
        Assert.Equal(["Gazette Election Desk"], article.Authors!);
        Assert.Equal("2024-05-02T19:45:00.0000000+00:00", article.Published);
        Assert.Contains("fish crates", article.Body!, StringComparison.Ordinal);
        Assert.Contains("The publican by two\n\nThe publican has won", article.Body!, StringComparison.Ordinal);
    }

    [Fact]
    public void Related_blocks_between_paragraphs_go_and_the_paragraphs_stay()
    {
        var article = Read("related-inside");

        var paragraphs = article.Body!.Split("\n\n");
        Assert.Equal(["Ask", "The", "Modern", "This"], paragraphs.Select(paragraph => paragraph.Split(' ')[0]));
        Assert.Equal(["https://gazette.example/2018/ochre-rights/"], article.Links!);
        Assert.Equal(["Lio Sandell"], article.Authors!);
    }

    [Fact]
    public void Comment_policy_and_more_stories_at_the_end_stay_out()
    {
        var article = Read("policy");

        Assert.Equal("A border guard who walked south", article.Title);
        Assert.Equal("2019-08-20T14:00:00.0000000+00:00", article.Published);
        Assert.Equal(["Tamsin Roe"], article.Authors!);
        Assert.Equal(["World", "borders", "memoir"], article.Topics!);
        Assert.StartsWith("He learned the path", article.Body, StringComparison.Ordinal);
        Assert.EndsWith("the tape to be stopped.", article.Body, StringComparison.Ordinal);
        Assert.Equal(["https://gazette.example/article/the-listeners/"], article.Links!);
    }

    [Fact]
    public void Canonical_that_names_the_front_page_or_another_host_is_not_believed() =>
        Assert.Equal("https://gazette.example/sport/brass-band", Read("wrong-canonical", "https://gazette.example/sport/brass-band?utm_medium=x").Url);

    [Fact]
    public void Spanish_page()
    {
        var article = Read("spanish");

        Assert.Equal("El faro que nadie apaga", article.Title);
        Assert.Equal(["Inés Calderón", "Rui Tavares"], article.Authors!);
        Assert.Equal("2021-10-17T23:00:00.0000000+00:00", article.Published);
        Assert.Equal("es", article.Language);
        Assert.EndsWith("hacia la misma luz.", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ballena", article.Body!, StringComparison.Ordinal);
        Assert.Equal(["https://gazette.example/2016/el-puerto-a-oscuras/"], article.Links!);
    }

    [Fact]
    public void German_page()
    {
        var article = Read("german");

        Assert.Equal("Wenn die Mühle singt", article.Title);
        Assert.Equal(["Grete Amsel", "Jörg Pohl"], article.Authors!);
        Assert.Equal("2022-04-03T16:45:00.0000000+00:00", article.Published);
        Assert.Equal("de-de", article.Language);
        Assert.EndsWith("nach der Mühle stimmt.", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Lesen Sie auch", article.Body!, StringComparison.Ordinal);
        Assert.Empty(article.Links!);
    }

    [Fact]
    public void French_page_is_read_by_its_microdata()
    {
        var article = Read("french");

        Assert.Equal("La gare où l’on attend le silence", article.Title);
        Assert.Equal(["Maud Lenoir"], article.Authors!);
        Assert.Equal("2020-02-29T11:00:00.0000000+00:00", article.Published);
        Assert.Equal(["Société"], article.Topics!);
        Assert.Equal(new ArticleImage("https://gazette.example/gare.jpg", "Le quai numéro deux", 900, 600), article.Image);
        Assert.Equal(3, article.Body!.Split("\n\n").Length);
        Assert.Equal(["https://gazette.example/2012/le-chef-de-gare"], article.Links!);
    }

    [Fact]
    public void Broken_blocks_of_structured_data_do_not_take_the_others_with_them()
    {
        var article = Read("broken-json");

        Assert.Equal("Clockmaker 'sues' the sun", article.Title);
        Assert.Equal("He calls it \"a matter of principle\", and of minutes.", article.Dek);
        Assert.Equal("2021-03-04T05:06:07.0000000+00:00", article.Published);
        Assert.Equal(["Ada Thorne"], article.Authors!);
        Assert.Equal(["clocks", "law"], article.Topics!);
        Assert.Equal(640, article.Image!.Width);
    }

    [Fact]
    public void Page_that_is_one_large_form_keeps_its_text()
    {
        var article = Read("webforms");

        Assert.Equal("Council counts its own chairs", article.Title);
        Assert.Equal("2021-05-07T10:15:00.0000000+00:00", article.Published);
        Assert.Equal(3, article.Body!.Split("\n\n").Length);
    }

    [Theory]
    [InlineData("section", "https://gazette.example/harbour/")]
    [InlineData("front", "https://gazette.example/")]
    [InlineData("front", "https://gazette.example/start")]
    public void Section_and_front_pages_are_no_articles(string name, string url) => Assert.Null(TryRead(name, url));
}
