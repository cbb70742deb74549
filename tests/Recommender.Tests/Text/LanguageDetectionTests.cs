using CsCheck;
using Recommender.Text;

namespace Recommender.Tests.Text;

public sealed class LanguageDetectionTests
{
    [Theory]
    [InlineData("en", "The harbour board and the ferry union met a mediator on Monday after a week of silence.", "en")]
    [InlineData("en-GB", "The harbour board and the ferry union met a mediator on Monday after a week of silence.", "en-gb")]
    [InlineData("en", "Der Hafenrat und die Fährgewerkschaft trafen am Montag nach einer Woche des Schweigens eine Vermittlerin.", "de")]
    [InlineData("en", "Le conseil du port et le syndicat ont rencontré lundi un médiateur après une semaine de silence.", "fr")]
    [InlineData("es", "A autoridade portuária e o sindicato reuniram-se na segunda-feira com um mediador após uma semana de silêncio.", "pt")]
    [InlineData("pt-BR", "El consejo del puerto y el sindicato se reunieron el lunes con un mediador tras una semana de silencio.", "es")]
    [InlineData("pt-BR", "A autoridade portuária e o sindicato reuniram-se na segunda-feira com um mediador após uma semana.", "pt-br")]
    [InlineData("da", "Havnestyret og fergefagforeningen møtte en mekler mandag etter en uke med taushet, og begge gikk uten et ord.", "nb")]
    [InlineData("nb", "Havnebestyrelsen og færgefagforeningen mødte en mægler mandag efter en uges tavshed, og begge gik uden et ord.", "da")]
    [InlineData("nb", "Hamnestyret og ferjefagforeininga møtte ein meklar måndag etter ei veke med togn, og begge gjekk utan eit ord.", "nb")]
    [InlineData("no", "Havnestyret og fergefagforeningen møtte en mekler mandag etter en uke med taushet, og begge gikk uten et ord.", "no")]
    [InlineData("ru", "Рада порту та профспілка поромників зустрілися в понеділок із посередником після тижня мовчання.", "uk")]
    [InlineData("cs", "Rada portu i związek zawodowy promów spotkały się w poniedziałek z mediatorem po tygodniu milczenia.", "pl")]
    [InlineData("ar", "هیئت بندر و اتحادیه کشتی‌ها روز دوشنبه با یک میانجی دیدار کردند و هیچ نگفتند و رفتند.", "fa")]
    [InlineData("en", "港湾委員会とフェリー組合は月曜日に調停人と会談した。", "ja")]
    [InlineData("en", "港务局和渡轮工会周一与调解人会面，没有发表声明。", "zh")]
    [InlineData("en", "항만위원회와 페리 노조는 월요일에 중재인을 만났다.", "ko")]
    public void Enough_text_tells_its_language(string site, string text, string language) =>
        Assert.Equal(language, LanguageDetection.Detect(site, text));

    [Theory]
    [InlineData("gl", "O consello do porto e o sindicato reuníronse o luns cun mediador despois dunha semana de silencio e medo.", "gl")]
    [InlineData("en", "Der Hafenrat am Montag", "en")]
    [InlineData("en", "", "en")]
    [InlineData("de", "2026: 12,5 % – 14,1 % (+1,6) 2025: 10 % 2024: 9 % 2023: 8 % 2022: 7 % 2021: 6 % 2020: 5 % 2019: 4 %", "de")]
    [InlineData("sw", "The harbour board and the ferry union met a mediator on Monday after a week of silence.", "sw")]
    public void Too_little_or_doubtful_text_is_in_the_language_of_the_site(string site, string text, string language) =>
        Assert.Equal(language, LanguageDetection.Detect(site, text));

    [Fact]
    public void Headline_dek_and_body_are_read_together() =>
        Assert.Equal("de", LanguageDetection.Detect("en", "Fähren fahren wieder", "Die Besatzungen sind zurück.", "Nach neun Tagen legte am Morgen die erste Fähre ab."));

    [Fact]
    public void The_same_text_is_always_of_the_same_language_and_none_throws() =>
        Gen.String.Sample(text => LanguageDetection.Detect("en", text) == LanguageDetection.Detect("en", text));

    [Fact]
    public void Many_may_ask_at_once() => Parallel.For(0, 200, turn => Assert.Equal(
        turn % 2 == 0 ? "fr" : "de",
        LanguageDetection.Detect("en", turn % 2 == 0
            ? "Le conseil du port et le syndicat ont rencontré lundi un médiateur après une semaine de silence."
            : "Der Hafenrat und die Fährgewerkschaft trafen am Montag nach einer Woche des Schweigens eine Vermittlerin.")));
}
