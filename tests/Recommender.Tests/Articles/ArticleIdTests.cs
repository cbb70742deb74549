using CsCheck;
using Recommender.Articles;
using Recommender.Tables;

namespace Recommender.Tests.Articles;

public sealed class ArticleIdTests
{
    [Fact]
    public void The_id_of_a_url_never_changes()
    {
        // Changing these orphans every article that was indexed without an id of its own.
        Assert.Equal("dxs6ibq25z63o7l7", ArticleId.FromUrl("https://gazette.example/story"));
        Assert.NotEqual(ArticleId.FromUrl("https://gazette.example/story"), ArticleId.FromUrl("https://gazette.example/Story"));
    }

    [Fact]
    public void A_derived_id_is_short_plain_and_valid() => Gen.String.Sample(url =>
    {
        var id = ArticleId.FromUrl(url);
        return id.Length == 16 && id.All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7')) && ArticleId.IsValid(id) && Keys.Row(id) == id;
    });

    [Theory]
    [InlineData("a", true)]
    [InlineData("2021/10/18/story?id=7#top", true)]
    [InlineData("tag:gazette.example,2021:42", true)]
    [InlineData("статья-7", true)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u0000b", false)]
    [InlineData("a😀b", true)]
    public void An_id_may_be_any_short_text_without_controls(string id, bool isValid) => Assert.Equal(isValid, ArticleId.IsValid(id));

    [Fact]
    public void Half_a_character_is_none() => Assert.False(ArticleId.IsValid("a\ud800b"));

    [Fact]
    public void An_id_has_a_bounded_length_as_text_and_as_a_key()
    {
        Assert.True(ArticleId.IsValid(new string('a', 256)));
        Assert.False(ArticleId.IsValid(new string('a', 257)));
        Assert.True(ArticleId.IsValid(new string('漢', 42)));
        Assert.False(ArticleId.IsValid(new string('漢', 43)));
    }

    [Fact]
    public void Every_valid_id_fits_into_every_key() => Gen.String[1, 280].Where(ArticleId.IsValid).Sample(id =>
    {
        var instant = DateTimeOffset.UnixEpoch;
        string[] keys = [Keys.Row(id), Keys.Newest(instant, id), Keys.Oldest(instant, id), Keys.Join(new string('s', 40), "page", id), Keys.Join("boost", id)];
        return keys.All(TableLimits.IsKey) && Keys.ParseRow(Keys.Row(id)) == id;
    });
}
