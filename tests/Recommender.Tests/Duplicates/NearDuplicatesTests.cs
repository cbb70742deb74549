using CsCheck;
using Recommender.Articles;
using Recommender.Duplicates;

namespace Recommender.Tests.Duplicates;

public sealed class NearDuplicatesTests
{
    private const string Report =
        "The ferry union and the harbour board of Brennan Sound broke off their talks after midnight. Neither side would say what had gone wrong, but a mediator spoke of a quarrel over night "
        + "sailings. From Monday on no ferry will leave the islands, and farmers fear for their milk. The board has hired two tugs for patients and post. Shops on the islands limit bread to two "
        + "loaves a customer, while the school will open for children who cannot reach the mainland. A new round of talks is not in sight, the mediator told reporters before she drove home.";

    private const string Other =
        "Growers in the valley light fires between their apple trees, for the weather office expects the hardest frost of any April in thirty years. Cider makers already ask for prices abroad. Last "
        + "year half of the blossom was lost in a single night, and two presses closed for good. This time the ministry has lent wind machines, which draw warmer air down upon the orchards, and "
        + "pupils help to carry wood after lessons until ten. Nobody in the valley will sleep before the sun is up, an orchard keeper said, and nobody will talk of anything else.";

    private static readonly string[] Sentences = Report.Split(". ");

    [Theory]
    [InlineData("agency copy under another headline", "Islands cut off from Monday as mediator gives up", Report)]
    [InlineData("a credit line", "Ferry talks collapse", "(Northwire) – " + Report + " Reporting by Ines Calloway; editing by Tomas Brandt. All rights reserved.")]
    [InlineData("an update with a new paragraph", "Ferry talks collapse, minister steps in", Report + " The minister for the coast said on Sunday that she would invite both sides to the capital and would not let them leave without a signature.")]
    public void A_copy_is_known_by_its_text(string what, string title, string body) =>
        Assert.False(Admits(Card("first", "Ferry talks collapse", Report), Card("copy", title, body)), what);

    [Fact]
    public void A_copy_that_is_cut_or_has_its_sentences_in_another_order_is_known()
    {
        Assert.False(Admits(Card("first", "Ferry talks collapse", Report), Card("cut", "No ferries from Monday", string.Join(". ", Sentences[..4]))));
        Assert.False(Admits(Card("first", "Ferry talks collapse", Report), Card("reordered", "No ferries from Monday", string.Join(". ", Sentences.Reverse()))));
    }

    [Fact]
    public void Another_story_is_admitted() =>
        Assert.True(Admits(Card("first", "Ferry talks collapse", Report), Card("other", "Valley fears for its apples", Other)));

    [Fact]
    public void The_same_headline_again_is_not_shown_whatever_stands_below_it() =>
        Assert.False(Admits(Card("first", "The week at the harbour", Report), Card("next", "The week at the harbour", Other)));

    [Fact]
    public void A_nearly_equal_headline_over_another_text_is_admitted() =>
        Assert.True(Admits(Card("first", "What the week in the valley brings", Report), Card("next", "What the week in the valley brings us", Other)));

    [Theory]
    [InlineData("Council publishes the budget for 2024", "Council publishes the budget for 2025")]
    [InlineData("Ferry diary, part 1", "Ferry diary, part 2")]
    public void A_series_is_not_made_of_copies_however_alike_its_texts_are(string left, string right) =>
        Assert.True(Admits(Card("first", left, Report), Card("next", right, Report)));

    [Theory]
    [InlineData("Five people die in a fire at an apartment building in Carrow on Monday night, the fire brigade says.", "Three people die in a fire at an apartment building in Lowick on Sunday morning, the police say.", true)]
    [InlineData("Five people die in a fire at an apartment building in Carrow on Monday night, the fire brigade says.", "Five people die in a fire at an apartment building in Carrow on Monday night, the fire brigade says.", false)]
    public void Blurbs_without_headlines_must_be_much_alike(string left, string right, bool admitted) =>
        Assert.Equal(admitted, Admits(Blurb("first", left), Blurb("next", right)));

    [Fact]
    public void Short_texts_need_nearly_the_same_headline_too()
    {
        const string brief = "The harbour board and the ferry union met on Monday and agreed on nothing.";
        const string edited = "The harbour board and the ferry union met on Monday evening but agreed on nothing.";

        Assert.False(Admits(Card("first", "Ferry talks collapse after midnight", brief), Card("next", "Ferry talks collapse after midnight, says board", edited)));
        Assert.True(Admits(Card("first", "Ferry talks collapse after midnight", brief), Card("next", "Second meeting yields no result", edited)));
    }

    [Fact]
    public void Where_a_text_is_unknown_the_headline_decides()
    {
        var old = Card("old", "Ferry talks collapse after midnight", Report) with { Fingerprint = null };

        Assert.False(Admits(old, Card("next", "Ferry talks collapse after midnight, strike to begin", Other)));
        Assert.True(Admits(old, Card("next", "Islands cut off", Report)));
    }

    [Fact]
    public void Copies_of_any_of_those_taken_are_kept_out()
    {
        var taken = new NearDuplicates();
        taken.Add(Card("first", "Valley fears for its apples", Other));
        taken.Add(Card("second", "Ferry talks collapse", Report));

        Assert.False(taken.Admits(Card("copy", "Growers light fires", Other)));
        Assert.False(taken.Admits(Card("copy", "Islands cut off", Report)));
    }

    [Fact]
    public void It_does_not_matter_which_card_comes_first() =>
        Gen.Select(Cards, Cards).Sample((left, right) => Admits(left, right) == Admits(right, left));

    private static Gen<ArticleCard> Cards => Gen.Select(
        Gen.OneOf("Ferry talks collapse", "Ferry talks collapse after midnight", "Budget for 2024 passed by council", "Budget for 2025 passed by council"),
        Gen.Int[0, 4],
        Gen.Bool,
        (title, from, isKnown) => Card("x", title, string.Join(". ", Sentences[from..])) is var card && isKnown ? card : card with { Fingerprint = null });

    private static bool Admits(ArticleCard first, ArticleCard next)
    {
        var taken = new NearDuplicates();
        taken.Add(first);
        return taken.Admits(next);
    }

    private static ArticleCard Blurb(string id, string text) => Card(id, string.Join(' ', text.Split(' ').Take(12)), text);

    private static ArticleCard Card(string id, string title, string body) => new()
    {
        Id = id,
        Url = $"https://gazette.example/{id}",
        Title = title,
        Published = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero),
        Language = "en",
        Fingerprint = Fingerprint.Of(title, "", body),
    };
}
