using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Tests.Articles;

public sealed class ArticleValidatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly ArticleValidator Validator = new(new FakeTimeProvider(Now));
    private static readonly Site Site = new() { Id = "gazette", Name = "The Gazette", Language = "en-GB", Hosts = ["gazette.example", "*.gazette.example"], TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };
    private static readonly ArticleInput Least = new() { Url = "https://gazette.example/a", Title = "A ferry" };

    [Fact]
    public void A_url_and_a_title_are_enough()
    {
        var article = Valid(Least);

        Assert.Equal(ArticleId.FromUrl("https://gazette.example/a"), article.Id);
        Assert.Equal((Now, null, "en-gb", "", ""), (article.Published, article.Updated, article.Language, article.Dek, article.Body));
        Assert.Empty(article.Topics);
        Assert.Null(article.Image);
    }

    [Fact]
    public void Text_is_cleaned_topics_are_slugged_and_links_made_canonical()
    {
        var article = Valid(Least with
        {
            Url = "https://WWW.gazette.example/a/?utm_source=x",
            Title = " The council&#8217;s <b>plan</b> ",
            Dek = "<p>Profit &amp;amp; loss</p>",
            Body = "<p>See <a href='/b?utm_medium=y#c'>this</a>, <a href='/a'>itself</a> and <a href='mailto:x@y.example'>mail</a>.</p>",
            Published = "2026-11-19 10:00",
            Updated = "2026-11-19T16:00:00Z",
            Topics = [" Social  Media ", "social-media", "!", "Élections"],
            Authors = ["Ana &amp; Ben", "Ana & Ben", " "],
            Links = ["https://other.example/x/", "https://www.gazette.example/b", "nonsense:"],
            Language = "pt_BR",
        });

        Assert.Equal(("https://www.gazette.example/a", "The council’s plan", "Profit & loss"), (article.Url, article.Title, article.Dek));
        Assert.Equal("See this, itself and mail.", article.Body);
        Assert.Equal([new Topic("social-media", "Social Media"), new Topic("elections", "Élections")], article.Topics);
        Assert.Equal(["Ana & Ben"], article.Authors);
        Assert.Equal(["https://www.gazette.example/b", "https://other.example/x"], article.Links);
        Assert.Equal(new DateTimeOffset(2026, 11, 19, 15, 0, 0, TimeSpan.Zero), article.Published);
        Assert.Equal(new DateTimeOffset(2026, 11, 19, 16, 0, 0, TimeSpan.Zero), article.Updated);
        Assert.Equal("pt-br", article.Language);
    }

    [Fact]
    public void An_update_before_the_publication_is_none() =>
        Assert.Null(Valid(Least with { Published = "2026-11-19T10:00:00Z", Updated = "2026-11-19T10:00:00Z" }).Updated);

    [Theory]
    [InlineData(null, "de")]
    [InlineData(" ", "de")]
    [InlineData("en", "en")]
    [InlineData("ja", "ja")]
    public void A_language_that_is_given_is_kept_and_another_is_found(string? declared, string language) =>
        Assert.Equal(language, Valid(Least with { Title = "Fähren fahren wieder", Body = "<p>Nach neun Tagen legte am Morgen in Karrow die erste Fähre wieder ab.</p>", Language = declared }).Language);

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var errors = Errors(new ArticleInput
        {
            Id = " x",
            Url = "gazette.example/a",
            Title = "<b></b>",
            Dek = new string('d', ArticleValidator.MaxDek + 1),
            Published = "soon",
            Updated = "2040-01-01",
            Language = "english please",
        });

        Assert.Equal(["url", "id", "title", "dek", "published", "updated", "language"], errors.Select(error => error.Field));
        Assert.All(errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "A url is required.")]
    [InlineData("https://elsewhere.example/a", "'elsewhere.example' is no host of site 'gazette', which has gazette.example, *.gazette.example.")]
    [InlineData("https://notgazette.example/a", "'notgazette.example' is no host of site 'gazette', which has gazette.example, *.gazette.example.")]
    public void A_url_must_be_of_the_site(string? url, string message) =>
        Assert.Equal(new FieldError("url", message), Assert.Single(Errors(Least with { Url = url })));

    [Fact]
    public void A_title_is_required_once_and_bounded()
    {
        Assert.Equal(new FieldError("title", "A title is required."), Assert.Single(Errors(Least with { Title = null })));
        Assert.Equal(new FieldError("title", "A title has at most 500 characters, not 501."), Assert.Single(Errors(Least with { Title = new string('t', 501) })));
        Assert.Equal(500, Valid(Least with { Title = new string('t', 500) }).Title.Length);
    }

    [Fact]
    public void A_date_may_be_ten_years_ahead_and_no_more()
    {
        Assert.Equal(2036, Valid(Least with { Published = "2036-11-19T00:00:00Z" }).Published.Year);
        Assert.Equal("published", Assert.Single(Errors(Least with { Published = "2036-11-25T00:00:00Z" })).Field);
    }

    [Theory]
    [InlineData("/a.jpg", "/a.jpg")]
    [InlineData("b.jpg", "https://gazette.example/b.jpg")]
    [InlineData("//cdn.example/a.jpg", "https://cdn.example/a.jpg")]
    [InlineData("https://cdn.example/a b.jpg", "https://cdn.example/a%20b.jpg")]
    public void An_image_has_an_address_that_a_page_can_use(string sent, string kept) =>
        Assert.Equal(kept, Valid(Least with { Image = new ArticleImage(sent, "<b>A</b>", -1, 0) }).Image?.Url);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("/\\elsewhere.example/a.jpg")]
    public void An_image_never_has_an_address_that_does_something_else(string sent)
    {
        var isValid = Validator.TryValidate(Site, Least with { Image = new ArticleImage(sent) }, out var article, out var errors);

        Assert.True(!isValid || article!.Image is null || article.Image.Url.StartsWith("https://", StringComparison.Ordinal), article?.Image?.Url);
        Assert.True(isValid || errors[0].Field.StartsWith("image", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_body_is_cut_between_paragraphs_words_or_characters()
    {
        var paragraphs = Valid(Least with { Body = string.Join("\n\n", Enumerable.Repeat(new string('p', 999), 300)) }).Body;
        var words = Valid(Least with { Body = string.Join(' ', Enumerable.Repeat(new string('w', 999), 300)) }).Body;
        var unbroken = Valid(Least with { Body = string.Concat(Enumerable.Repeat("😀", ArticleValidator.MaxBody)) }).Body;
        var shifted = Valid(Least with { Body = "x" + string.Concat(Enumerable.Repeat("😀", ArticleValidator.MaxBody)) }).Body;

        Assert.EndsWith("p", paragraphs, StringComparison.Ordinal);
        Assert.Equal(0, (paragraphs.Length + 2) % 1_001);
        Assert.Equal(0, (words.Length + 1) % 1_000);
        Assert.All([paragraphs, words, unbroken, shifted], body => Assert.InRange(body.Length, ArticleValidator.MaxBody - 1_100, ArticleValidator.MaxBody));
        Assert.True(TableLimits.IsWellFormed(unbroken) && TableLimits.IsWellFormed(shifted));
    }

    [Fact]
    public void Lists_are_bounded()
    {
        var many = Enumerable.Range(1, 1_000).Select(i => $"https://gazette.example/{i}").ToList();
        var article = Valid(Least with { Topics = many, Authors = many, Links = many });

        Assert.Equal((ArticleValidator.MaxTopics, 20, 200), (article.Topics.Count, article.Authors.Count, article.Links.Count));
    }

    [Fact]
    public void Nothing_throws() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String, Gen.String, Gen.String, Gen.String).Sample((id, url, title, body, date, topic, language) =>
            Validator.TryValidate(Site, new ArticleInput { Id = id, Url = "https://gazette.example/" + url, Title = title, Body = body, Published = date, Topics = [topic], Language = language, Image = new ArticleImage(url, title), Links = [url] }, out var article, out var errors)
                ? article is not null && errors.Count == 0
                : errors.Count > 0);

    private static Article Valid(ArticleInput input)
    {
        Assert.True(Validator.TryValidate(Site, input, out var article, out var errors), string.Join(' ', errors));
        return article;
    }

    private static IReadOnlyList<FieldError> Errors(ArticleInput input)
    {
        Assert.False(Validator.TryValidate(Site, input, out var article, out var errors));
        Assert.Null(article);
        return errors;
    }
}
