using Recommender.Articles;
using Recommender.Embeddings;

namespace Recommender.Tests.Embeddings;

public sealed class EmbeddedTextTests
{
    private static readonly Article Article = new()
    {
        Id = "a",
        Url = "https://gazette.example/a",
        Title = "Ferry crews strike",
        Dek = "Nights are too long.",
        Body = string.Join(' ', Enumerable.Repeat("harbour", 400)),
        Published = DateTimeOffset.UnixEpoch,
        Language = "en",
    };

    [Fact]
    public void Headline_dek_and_the_beginning_of_the_body_are_embedded_up_to_a_whole_word()
    {
        var text = EmbeddedText.Of(Article, new EmbeddingOptions { MaxCharacters = 100, Prefix = "passage: " });

        Assert.StartsWith("passage: Ferry crews strike\n\nNights are too long.\n\nharbour harbour", text, StringComparison.Ordinal);
        Assert.EndsWith(" harbour", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 90, 109);
    }

    [Fact]
    public void What_an_article_does_not_have_leaves_no_gap() =>
        Assert.Equal("Ferry crews strike", EmbeddedText.Of(Article with { Dek = "", Body = "" }, new EmbeddingOptions()));

    [Fact]
    public void Text_without_spaces_is_cut_between_characters()
    {
        var text = EmbeddedText.Of(Article with { Title = "x" + string.Concat(Enumerable.Repeat("🦀", 100)) }, new EmbeddingOptions { MaxCharacters = 100 });

        Assert.Equal("x" + string.Concat(Enumerable.Repeat("🦀", 49)), text);
    }

    [Fact]
    public void A_stamp_tells_texts_models_and_reductions_apart()
    {
        var stamps = new[]
        {
            EmbeddedText.Stamp("text", "model", 1), EmbeddedText.Stamp("text!", "model", 1), EmbeddedText.Stamp("text", "model2", 1), EmbeddedText.Stamp("text", "model", 2),
        };

        Assert.Equal(4, stamps.Distinct().Count());
        Assert.Equal(stamps[0], EmbeddedText.Stamp("text", "model", 1));
        Assert.DoesNotContain(0, stamps);
    }
}
