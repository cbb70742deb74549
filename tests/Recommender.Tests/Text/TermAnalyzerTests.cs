using CsCheck;
using Recommender.Articles;
using Recommender.Text;

namespace Recommender.Tests.Text;

public sealed class TermAnalyzerTests
{
    private static readonly string[] Languages = ["en", "es", "fr", "de", "it", "pt", "nl", "sv", "no", "nb", "nn", "da", "fi", "ru", "tr", "ar", "zh", "ja", "ko", "el", "hi", "fa", "bg", "ca", "cs", "eu", "ga", "gl", "hu", "id", "lv", "ro", "xx"];

    // Each pair is two forms that a reader takes for one word.
    [Theory]
    [InlineData("en", "harbour", "harbours")]
    [InlineData("en", "vote", "voting")]
    [InlineData("es", "huelga", "huelgas")]
    [InlineData("es", "elección", "elecciones")]
    [InlineData("fr", "grève", "grèves")]
    [InlineData("fr", "l’école", "écoles")]
    [InlineData("de", "Hafen", "Häfen")]
    [InlineData("de", "Streik", "Streiks")]
    [InlineData("it", "sciopero", "scioperi")]
    [InlineData("it", "l'elezione", "elezioni")]
    [InlineData("pt", "greve", "greves")]
    [InlineData("nl", "staking", "stakingen")]
    [InlineData("sv", "hamn", "hamnen")]
    [InlineData("no", "havn", "havnene")]
    [InlineData("nb", "streik", "streiken")]
    [InlineData("da", "havn", "havnen")]
    [InlineData("fi", "lakko", "lakossa")]
    [InlineData("ru", "забастовка", "забастовки")]
    [InlineData("tr", "limanlar", "limanları")]
    [InlineData("tr", "İstanbul", "istanbul")]
    [InlineData("ar", "الميناء", "ميناء")]
    [InlineData("xx", "Harbour", "harbour")]
    [InlineData("xx", "grève", "greve")]
    public void Forms_of_a_word_meet(string language, string one, string other) =>
        Assert.Equal(Hashes(language, one), Hashes(language, other));

    [Theory]
    [InlineData("en", "harbour", "orchard")]
    [InlineData("de", "Hafen", "Streik")]
    [InlineData("ru", "гавань", "забастовка")]
    [InlineData("ar", "ميناء", "إضراب")]
    [InlineData("zh", "港口", "罢工")]
    [InlineData("ko", "항구", "파업")]
    [InlineData("xx", "harbour", "harbours")]
    public void Different_words_stay_apart(string language, string one, string other) =>
        Assert.Empty(Hashes(language, one).Intersect(Hashes(language, other)));

    [Theory]
    [InlineData("en", "the of and is it to")]
    [InlineData("es", "el la de los que y")]
    [InlineData("fr", "le la les des et qui")]
    [InlineData("de", "der die das und nicht ein")]
    [InlineData("it", "il di che la non per")]
    [InlineData("pt", "o a de que para não")]
    [InlineData("nl", "de het een van en niet")]
    [InlineData("sv", "och det att i en jag")]
    [InlineData("no", "og i jeg det at en")]
    [InlineData("da", "og i jeg det at en")]
    [InlineData("fi", "ja on ei se että joka")]
    [InlineData("ru", "и в не на что он")]
    [InlineData("tr", "ve bir bu da için")]
    [InlineData("ar", "في من على إلى عن")]
    public void Words_that_tell_nothing_vanish(string language, string words) => Assert.Empty(Terms(language, words));

    [Theory]
    [InlineData("zh", "北京大学", "北京,京大,大学")]
    [InlineData("ja", "東京都知事", "東京,京都,都知,知事")]
    [InlineData("ko", "항구파업", "구파,파업,항구")]
    public void Scripts_without_spaces_give_pairs_of_characters(string language, string text, string pairs) =>
        Assert.Equal(pairs.Split(',').Order(StringComparer.Ordinal), Terms(language, text).Select(term => term.Surface).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("en", "The crossing to North Korea took a week", "North Korea")]
    [InlineData("en", "A visit to the University of Gullhaven ended", "University of Gullhaven")]
    [InlineData("en", "The mayor's ferry sailed", "mayor's ferry")]
    [InlineData("es", "Un barco para Nueva York zarpó", "Nueva York")]
    [InlineData("de", "Ein Schiff aus Neu Seeland legte an", "Neu Seeland")]
    public void Pairs_are_found_and_shown_as_people_write_them(string language, string dek, string pair) =>
        Assert.Contains(Terms(language, "x", dek), term => term.IsPair && term.Surface == pair);

    [Theory]
    [InlineData("They left North. Korea was far.")]
    [InlineData("They left North, Korea was far.")]
    [InlineData("North (Korea)")]
    public void A_pair_does_not_reach_over_punctuation(string dek) => Assert.DoesNotContain(Terms("en", "x", dek), term => term.Surface.Contains("North", StringComparison.Ordinal) && term.Surface.Contains("Korea", StringComparison.Ordinal));

    [Fact]
    public void A_word_is_shown_as_it_stands_inside_a_sentence_not_as_a_headline_shouts_it()
    {
        var terms = Terms("en", "FERRY CREWS Vote", "Ferry crews asked for a ferry. Yesterday the crews voted in Gullhaven.");

        Assert.Contains(terms, term => term.Surface == "ferry");
        Assert.Contains(terms, term => term.Surface == "crews");
        Assert.Contains(terms, term => term.Surface == "Gullhaven");
        Assert.DoesNotContain(terms, term => term.Surface is "FERRY" or "CREWS");
    }

    [Fact]
    public void Terms_tell_how_often_and_where_they_stand()
    {
        var filler = string.Concat(Enumerable.Repeat("x ", TermAnalyzer.LeadLength / 2));
        var terms = TermAnalyzer.Analyse(Article("en", "Harbour bakery", "An orchard in bloom", "The bakery of Gullhaven has bread. " + filler + "A bakery bridge stands."))
            .Terms.Where(term => !term.IsPair).ToDictionary(term => term.Surface);

        Assert.Equal((1, TermTraits.Headline), (terms["Harbour"].Count, terms["Harbour"].Traits));
        Assert.Equal((1, TermTraits.Dek), (terms["orchard"].Count, terms["orchard"].Traits));
        Assert.Equal((3, TermTraits.Headline | TermTraits.Lead), (terms["bakery"].Count, terms["bakery"].Traits));
        Assert.Equal((1, TermTraits.Lead | TermTraits.Name), (terms["Gullhaven"].Count, terms["Gullhaven"].Traits));
        Assert.Equal((1, TermTraits.None), (terms["bridge"].Count, terms["bridge"].Traits));
    }

    [Theory]
    [InlineData("The ferry crews of Brennan Sound…", "")]
    [InlineData("the ferry crews", "")]
    [InlineData("A day without ferries", "The ferry crews of Brennan Sound walked out.")]
    public void A_headline_or_dek_that_the_body_begins_with_counts_as_neither(string title, string dek)
    {
        var terms = TermAnalyzer.Analyse(Article("en", title, dek, "The ferry crews of Brennan Sound walked out. Nobody sailed.")).Terms;

        var crews = Assert.Single(terms, term => term is { IsPair: false, Surface: "crews" });
        Assert.Equal((1, TermTraits.Lead), (crews.Count, crews.Traits));
    }

    [Theory]
    [InlineData("7 12 100", "")]
    [InlineData("2024 1945", "1945,2024")]
    [InlineData("a b c", "")]
    public void Counts_and_single_letters_tell_nothing_years_do(string text, string kept) =>
        Assert.Equal(kept, string.Join(',', Terms("xx", text).Where(term => !term.IsPair).Select(term => term.Surface).Order(StringComparer.Ordinal)));

    [Fact]
    public void The_region_of_a_language_does_not_matter() => Assert.Equal(Hashes("pt", "greves gerais"), Hashes("pt-br", "greves gerais"));

    [Fact]
    public void Any_text_in_any_language_is_analysed_the_same_each_time() =>
        Gen.Select(Gen.OneOf(Languages), Gen.OneOf(Gen.String, Gen.String[Gen.Char["aé’'.- \nßİı漢字かなカナ한국ﷺ１２9０\u0301\u200d😀قرن"], 0, 80])).Sample((language, text) =>
        {
            var first = Terms(language, text, text + " " + text);
            Assert.Equal(first, Terms(language, text, text + " " + text));
            Assert.Equal(first.Count, first.Select(term => term.Hash).Distinct().Count());
            Assert.All(first, term => Assert.True(term.Count >= 1 && term.Surface.Length > 0));
        }, iter: 3_000);

    private static IReadOnlyList<AnalysedTerm> Terms(string language, string title, string dek = "") => TermAnalyzer.Analyse(Article(language, title, dek, "")).Terms;

    private static List<uint> Hashes(string language, string title)
    {
        var hashes = Terms(language, title).Select(term => term.Hash).Order().ToList();
        Assert.NotEmpty(hashes);
        return hashes;
    }

    private static Article Article(string language, string title, string dek, string body) => new()
    {
        Id = "a",
        Url = "https://gazette.example/a",
        Title = title,
        Dek = dek,
        Body = body,
        Published = DateTimeOffset.UnixEpoch,
        Language = language,
    };
}
