using System.Text.Json;
using CsCheck;
using Recommender.Articles;
using Recommender.Duplicates;

namespace Recommender.Tests.Duplicates;

public sealed class FingerprintTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char['a', 'z'], 2, 9];
    private static readonly Gen<string[]> Text = Word.Array[60, 300];

    [Fact]
    public void The_same_text_has_the_same_fingerprint_whatever_its_case_accents_and_punctuation()
    {
        var one = Fingerprint.Of("Café owners’ plea", "", "The café stays open, says its owner. “Until May!”");
        var other = Fingerprint.Of("CAFE OWNERS' PLEA", "", "the cafe stays open says its owner – until May");

        Assert.Equal(one, other);
        Assert.Equal(1, one.Resemblance(other));
    }

    [Fact]
    public void A_fingerprint_is_the_same_in_every_process() =>
        Assert.StartsWith("003e7efb8d87300886f511ac2d321136104a54ca7", Fingerprint.Of("Ferry talks collapse", "", "The ferry union and the harbour board met for the last time.").ToString(), StringComparison.Ordinal);

    [Fact]
    public void It_does_not_matter_which_text_is_asked() => Gen.Select(Text, Text).Sample((left, right) =>
    {
        var (one, other) = (Of(left), Of(right));
        var resemblance = one.Resemblance(other);
        return resemblance == other.Resemblance(one) && one.Containment(other, resemblance) == other.Containment(one, resemblance);
    });

    [Fact]
    public void Small_edits_leave_texts_near_and_other_texts_are_far() =>
        Gen.Select(Text, Text, Gen.Int[0, 59], Word).Sample((text, other, place, word) =>
        {
            string[] edited = [.. text[..place], word, .. text[(place + 1)..]];

            Assert.InRange(Of(text).Resemblance(Of(edited)), 0.75, 1);
            Assert.InRange(Of(text).Resemblance(Of(other)), 0, 0.4);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public void Its_size_is_the_number_of_shingles(int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words).Select(number => $"word{number:X}"));

        Assert.InRange(Fingerprint.Of("", "", text).Size / ((2 * words) - 1), 0.97, 1.03);
    }

    [Fact]
    public void Half_of_a_text_is_contained_in_it_though_it_resembles_it_by_half_only()
    {
        var words = Enumerable.Range(0, 600).Select(number => $"word{number}").ToArray();
        var (whole, half) = (Of(words), Of(words[..300]));
        var resemblance = whole.Resemblance(half);

        Assert.InRange(resemblance, 0.35, 0.65);
        Assert.InRange(whole.Containment(half, resemblance), 0.8, 1);
    }

    [Theory]
    [InlineData("港の橋を市議会が承認し来月から工事が始まる", "港の橋を市議会が承認し来月には工事が始まる", 0.45)]
    [InlineData("สภาเทศบาลอนุมัติสะพานท่าเรือแห่งใหม่แล้ว", "สภาเทศบาลอนุมัติสะพานท่าเรือแห่งใหม่", 0.6)]
    public void Scripts_without_spaces_are_compared_by_characters(string left, string right, double least)
    {
        Assert.InRange(Fingerprint.Of(left, "", "").Resemblance(Fingerprint.Of(right, "", "")), least, 0.999);
        Assert.InRange(Fingerprint.Of(left, "", "").Size, 25, 100);
    }

    [Fact]
    public void Nothing_resembles_an_empty_text()
    {
        var empty = Fingerprint.Of("", "", "…!");

        Assert.Equal((0, 0, 0), (empty.Size, empty.Resemblance(empty), empty.Containment(empty, 0)));
        Assert.False(empty.HasNoOwnHeadline);
    }

    [Theory]
    [InlineData("Ferry talks", "", "Ferry talks have collapsed.", true)]
    [InlineData("Ferry talks", "Ferry talks: what now?", "", true)]
    [InlineData("Ferry talks", "", "Talks about the ferry have collapsed.", false)]
    [InlineData("Ferry talks have collapsed", "", "Ferry talks", false)]
    [InlineData("Ferry talks", "", "", false)]
    public void A_headline_that_only_begins_the_text_is_known(string title, string dek, string body, bool hasNone) =>
        Assert.Equal(hasNone, Fingerprint.Of(title, dek, body).HasNoOwnHeadline);

    [Fact]
    public void It_is_kept_with_a_card_and_what_is_none_is_read_as_unknown()
    {
        var card = new ArticleCard { Id = "a", Url = "u", Title = "Ferry talks collapse", Published = DateTimeOffset.UnixEpoch, Language = "en", Fingerprint = Fingerprint.Of("Ferry talks collapse", "", "") };
        var json = JsonSerializer.Serialize(card);

        Assert.Equal(card.Fingerprint, JsonSerializer.Deserialize<ArticleCard>(json)!.Fingerprint);
        foreach (var wrong in new[] { "null", "\"AAAA\"", "\"#\"", "7", "{\"a\":[1]}" })
        {
            var old = json.Replace($"\"{Convert.ToBase64String(card.Fingerprint.ToBytes()).Replace("+", "\\u002B", StringComparison.Ordinal)}\"", wrong, StringComparison.Ordinal);
            Assert.Contains(wrong, old, StringComparison.Ordinal);
            Assert.Null(JsonSerializer.Deserialize<ArticleCard>(old)!.Fingerprint);
        }
    }

    [Fact]
    public void Any_text_has_one() => Gen.Select(Gen.String, Gen.String, Gen.String).Sample((title, dek, body) =>
        Fingerprint.FromBytes(Fingerprint.Of(title, dek, body).ToBytes()) is { } read && read.Equals(Fingerprint.Of(title, dek, body)));

    private static Fingerprint Of(string[] words) => Fingerprint.Of("", "", string.Join(' ', words));
}
