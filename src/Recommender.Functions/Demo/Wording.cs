namespace Recommender.Functions.Demo;

/// <summary>The newspaper's own words, in the language of the page.</summary>
/// <param name="By">Before the authors.</param>
/// <param name="And">Between the last two of them.</param>
/// <param name="Updated">Before the day of the last change.</param>
/// <param name="Drawing">Below a picture.</param>
/// <param name="Latest">Above the newest headlines.</param>
/// <param name="Topics">Before the topics.</param>
/// <param name="MoreStories">Above the list.</param>
/// <param name="Correction">Above a correction.</param>
public sealed record Wording(string By, string And, string Updated, string Drawing, string Latest, string Topics, string MoreStories, string Correction)
{
    private static readonly Wording English = new(
        "By", "and", "Updated", "Drawing: The Courier", "Latest", "Filed under", "More Stories", "This article has been corrected");

    private static readonly Wording Spanish = new(
        "Por", "y", "Actualizado:", "Dibujo: The Courier", "Lo último", "Temas", "Más noticias", "Este artículo ha sido corregido");

    /// <summary>The words for a language; English for those that the newspaper does not speak.</summary>
    public static Wording For(string language) => Primary(language) == "es" ? Spanish : English;

    /// <summary>The language of a tag without region: <c>en</c> for <c>en-gb</c>.</summary>
    public static string Primary(string language) => language.Split('-')[0].ToLowerInvariant();

    /// <summary>Names as a byline has them: "By A, B and C".</summary>
    public string Byline(IReadOnlyList<string> authors) => authors.Count switch
    {
        0 => "",
        1 => $"{By} {authors[0]}",
        _ => $"{By} {string.Join(", ", authors.SkipLast(1))} {Before(authors[^1])} {authors[^1]}",
    };

    // Spanish "y" gives way before the sound of an i.
    private string Before(string name) =>
        And == "y" && (name.StartsWith('I') || name.StartsWith('Í') || name.StartsWith("Hi", StringComparison.Ordinal)) ? "e" : And;
}
