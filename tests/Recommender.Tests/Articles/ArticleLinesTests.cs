using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Tests.Articles;

public sealed class ArticleLinesTests
{
    private static readonly Site Site = new() { Id = "gazette", Name = "The Gazette", TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
    private static readonly ArticleValidator Validator = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero)));

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["<>&;#/ablt gmp!-\n\r\t \u00a0\"\\'漢é\u2028"], 0, 60],
        Gen.OneOf("&lt;b&gt;", "&amp;lt;b&amp;gt;", "<p>One</p><p>Two <a href='/x'>x</a>", "5 < 6 & 7 > 6", "&#60;script&#62;", "a & b", "&amp;amp;amp;", "😀", "<", "&"));

    private static readonly Gen<ArticleInput> Inputs =
        from id in Gen.OneOf(Gen.Const((string?)null), Gen.String[1, 20].Select(text => (string?)text))
        from path in Gen.String[Gen.Char["abc/?=&%7"], 0, 20]
        from texts in Gen.Select(Texts, Texts, Texts, Texts)
        from topics in Texts.Array[0, 4]
        from authors in Texts.Array[0, 3]
        from published in Gen.DateTime[new DateTime(1800, 1, 1), new DateTime(2026, 1, 1)]
        from updated in Gen.Bool
        from image in Gen.Bool
        select new ArticleInput
        {
            Id = id,
            Url = "https://gazette.example/" + path,
            Title = texts.Item1,
            Dek = texts.Item2,
            Body = texts.Item3,
            Published = published.ToString("s"),
            Updated = updated ? published.AddDays(1).ToString("s") : null,
            Topics = topics,
            Authors = authors,
            Language = updated ? "pt-BR" : null,
            Image = image ? new ArticleImage("/a b.jpg", texts.Item4, 640, null) : null,
            Links = ["https://other.example/" + path],
            Evergreen = image ? updated : null,
        };

    [Fact]
    public async Task Fields_are_read_by_name_and_strange_ones_ignored()
    {
        var line = Assert.Single(await ReadAsync("""{"id":7,"URL":"https://gazette.example/a","title":"A","x":{"y":[1]},"topics":"Harbour","authors":[{"name":"Ana","bio":"…"},null,"Ben"],"image":"https://gazette.example/a.jpg"}"""));

        Assert.Null(line.Error);
        var input = line.Input!;
        Assert.Equal(("7", "https://gazette.example/a", "A"), (input.Id, input.Url, input.Title));
        Assert.Equal(["Harbour"], input.Topics);
        Assert.Equal(["Ana", "Ben"], input.Authors);
        Assert.Equal(new ArticleImage("https://gazette.example/a.jpg"), input.Image);
    }

    [Theory]
    [InlineData("""{"image":{"url":"/a.jpg","alt":"A ferry","width":640,"height":"tall"}}""", "/a.jpg", "A ferry", 640)]
    [InlineData("""{"image":[{"url":"/a.jpg","width":1e40},"/b.jpg"]}""", "/a.jpg", "", null)]
    [InlineData("""{"image":["/b.jpg"]}""", "/b.jpg", "", null)]
    public async Task An_image_may_have_any_of_the_usual_shapes(string json, string url, string alt, int? width) =>
        Assert.Equal(new ArticleImage(url, alt, width), Assert.Single(await ReadAsync(json)).Input!.Image);

    [Theory]
    [InlineData("""{"image":[]}""")]
    [InlineData("""{"image":null}""")]
    [InlineData("""{"title":null,"topics":null}""")]
    public async Task What_is_absent_may_be_said_to_be(string json)
    {
        var input = Assert.Single(await ReadAsync(json)).Input!;
        Assert.Equal((null, null), (input.Image, input.Title));
    }

    [Theory]
    [InlineData("""{"title":true,"published":1634565900}""", "true", "1634565900")]
    public async Task Numbers_and_truth_values_stand_for_text(string json, string title, string published)
    {
        var input = Assert.Single(await ReadAsync(json)).Input!;
        Assert.Equal((title, published), (input.Title, input.Published));
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"title\":\"a\"")]
    [InlineData("{\"title\":\"a\"} {}")]
    [InlineData("not json")]
    [InlineData("""{"title":["a"]}""")]
    [InlineData("""{"topics":[true]}""")]
    [InlineData("""{"topics":{"slug":"a"}}""")]
    [InlineData("""{"image":7}""")]
    [InlineData("""{"title":"\ud800"}""")]
    [InlineData("""{"topics":["\ud800"]}""")]
    [InlineData("""{"image":"\ud800"}""")]
    [InlineData("""{"links":[{}]}""")]
    public async Task A_bad_line_says_so_and_the_next_is_read(string bad)
    {
        var lines = await ReadAsync(bad + "\n{\"title\":\"good\"}");

        Assert.Equal([1, 2], lines.Select(line => line.Number));
        Assert.Null(lines[0].Input);
        Assert.False(string.IsNullOrWhiteSpace(lines[0].Error));
        Assert.Equal("good", lines[1].Input!.Title);
    }

    [Fact]
    public async Task A_wrong_field_is_named() =>
        Assert.Equal("Field 'topics' is not as it should be (byte 21).", (await ReadAsync("""{"topics":["a",true]}"""))[0].Error);

    [Fact]
    public async Task Byte_order_mark_line_ends_and_blank_lines_do_not_matter()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "{\"title\":\"one\"}\r\n\r\n  \t\n{\"title\":\"two\"}\n\n{\"title\":\"three\"}"u8];

        var lines = await ReadAsync(bytes);

        Assert.Equal([(1, "one"), (4, "two"), (6, "three")], lines.Select(line => (line.Number, line.Input!.Title!)));
    }

    [Fact]
    public async Task A_line_that_is_not_utf8_is_reported()
    {
        byte[] bytes = [.. "{\"title\":\""u8, 0xE9, .. "t\"}\n{\"title\":\"good\"}"u8];

        var lines = await ReadAsync(bytes);

        Assert.Equal("The line is not UTF-8.", lines[0].Error);
        Assert.Equal("good", lines[1].Input!.Title);
    }

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(3_000_000, "\n")]
    [InlineData(1, "")]
    [InlineData(3_000_000, "")]
    public async Task A_line_that_is_too_long_is_reported_once_and_the_next_is_read(int excess, string end)
    {
        var tooLong = new string('x', ArticleLines.MaxLineLength + excess);
        var longest = "{\"title\":\"" + new string('y', ArticleLines.MaxLineLength - 12) + "\"}";

        var lines = await ReadAsync($"{tooLong}\n{longest}\n{tooLong}{end}");

        Assert.Equal([(1, true), (2, false), (3, true)], lines.Select(line => (line.Number, line.Error is not null)));
        Assert.Contains("longer than", lines[0].Error, StringComparison.Ordinal);
        Assert.Equal(ArticleLines.MaxLineLength - 12, lines[1].Input!.Title!.Length);
    }

    [Fact]
    public async Task However_the_bytes_arrive_the_lines_are_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 40).Select(i => $"{{\"title\":\"Étude {i} {new string('漢', i)}\"}}")));
        var whole = await ReadAsync(bytes);

        await Gen.Int[1, 50].SampleAsync(async size =>
        {
            await using var trickle = new Trickle(bytes, size);
            Assert.Equal(whole.Select(line => (line.Number, line.Input!.Title)), (await ArticleLines.ReadAsync(trickle).ToListAsync()).Select(line => (line.Number, line.Input!.Title)));
        }, iter: 50);
    }

    [Fact]
    public async Task An_exported_article_comes_back_as_it_was() => await Inputs.SampleAsync(async input =>
    {
        if (!Validator.TryValidate(Site, input, out var article, out _))
        {
            return;
        }

        using var file = new MemoryStream();
        await ArticleLines.WriteAsync(file, article);
        file.Position = 0;
        var line = Assert.Single(await ArticleLines.ReadAsync(file).ToListAsync());
        Assert.True(Validator.TryValidate(Site with { Language = "fi", TimeZone = TimeZoneInfo.Utc }, line.Input!, out var back, out var errors), string.Join(' ', errors));
        Assert.Equivalent(article, back, strict: true);
        Assert.Equal(ContentHash.Of(article), ContentHash.Of(back));
    }, iter: 3_000);

    [Fact]
    public void One_line_is_parsed_by_itself()
    {
        Assert.Equal("a", ArticleLines.Parse("{\"title\":\"a\"}"u8).Title);
        Assert.Throws<JsonException>(() => ArticleLines.Parse("null"u8));
    }

    private static Task<List<ArticleLine>> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<List<ArticleLine>> ReadAsync(byte[] bytes) => await ArticleLines.ReadAsync(new MemoryStream(bytes)).ToListAsync();

    private sealed class Trickle(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
