using CsCheck;
using Recommender.Articles;

namespace Recommender.Tests.Articles;

public sealed class PlainTextTests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char["<>&;/abp !-\n\r\t\u00a0\u2028\u0001\"'#x1"], Gen.Char), 0, 60];

    [Theory]
    [InlineData("Ferry  talks\n collapse", "Ferry talks collapse")]
    [InlineData("Profit &amp; loss", "Profit & loss")]
    [InlineData("Profit &amp;amp; loss", "Profit & loss")]
    [InlineData("The council&#8217;s &ldquo;plan&rdquo;", "The council’s “plan”")]
    [InlineData("<b>Ferry</b> <em>talks</em> collapse", "Ferry talks collapse")]
    [InlineData("Ferry<br>talks", "Ferry talks")]
    [InlineData("<p>One</p><p>Two</p>", "One Two")]
    [InlineData("If 5 < 6 and 7 > 6", "If 5 < 6 and 7 > 6")]
    [InlineData("I <3 ferries", "I <3 ferries")]
    [InlineData("Talks<script>alert('x')</script> collapse", "Talks collapse")]
    [InlineData("Talks<!-- more --> collapse", "Talks collapse")]
    [InlineData("Ferry\u0000 talks\u0007", "Ferry talks")]
    [InlineData("<b></b>", "")]
    public void A_line_is_what_a_reader_would_see(string sent, string line) => Assert.Equal(line, PlainText.Line(sent));

    [Fact]
    public void A_body_keeps_paragraphs_and_links_and_leaves_out_what_is_no_text()
    {
        var (text, links) = PlainText.Body("""
            <article><h2>A vote</h2><p>Crews <a href="/vote">voted</a> on
            Monday.<p>The board&rsquo;s <a href="https://other.example/x">answer</a><br>came late.</p>
            <figure><img src="x.jpg"><figcaption>A caption</figcaption></figure>
            <nav><a>Home</a></nav><ul><li>One</li><li>Two</li></ul><style>p{}</style><form>Sign up</form></article>
            """);

        Assert.Equal("A vote\n\nCrews voted on Monday.\n\nThe board’s answer came late.\n\nOne\n\nTwo", text);
        Assert.Equal(["/vote", "https://other.example/x"], links);
    }

    [Fact]
    public void Plain_paragraphs_stay_apart_and_lines_flow_together() =>
        Assert.Equal("One line goes on here.\n\nTwo\n\nThree", PlainText.Body("One line\r\ngoes on here.\r\n\r\nTwo\n \t\n\n\nThree\n").Text);

    [Fact]
    public void A_tree_as_deep_as_its_sender_likes_is_read() =>
        Assert.Equal("deep", PlainText.Body(string.Concat(Enumerable.Repeat("<div>", 3_000)) + "deep").Text);

    [Fact]
    public void Nothing_throws_and_a_clean_line_has_no_controls_or_odd_spaces() => Texts.Sample(text =>
    {
        var line = PlainText.Line(text);
        Assert.Equal(line.Trim(), line);
        Assert.DoesNotContain(line, c => char.IsControl(c) && c is not '\u0080' && c < '\u0080');
        Assert.DoesNotContain("  ", line, StringComparison.Ordinal);
        _ = PlainText.Body(text);
    }, iter: 5_000);

    [Fact]
    public void What_is_said_to_be_plain_stays_as_it_is() => Texts.Select(PlainText.Line).Sample(text =>
        Assert.True(!PlainText.IsPlain(text) || PlainText.Line(text) == text, text), iter: 5_000);
}
