using Recommender.Articles;
using Recommender.Ingestion;
using Recommender.Sites;

namespace Recommender.Tests.Ingestion.Pages;

/// <summary>Invented pages, and the site that they belong to.</summary>
public static class Pages
{
    public static readonly Site Gazette = new()
    {
        Id = "gazette",
        Name = "The Gazette",
        Hosts = ["gazette.example", "www.gazette.example"],
        Language = "en",
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
    };

    public const string Prose = """
        <p>The harbour board met on Tuesday in a room above the fish market, with the windows open and the minutes held down by a brass weight in the shape of a crab.</p>
        <p>It agreed to nothing, as it has since the spring, but it did so by a smaller majority, which the pilots take for progress and the publican for a passing weakness.</p>
        """;

    public static string Html(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Ingestion", "Pages", "fixtures", name + ".html"));

    public static ArticleInput? TryRead(string name, string url = "https://gazette.example/a/page") => PageReader.Read(Gazette, new Uri(url), Html(name));

    public static ArticleInput Read(string name, string url = "https://gazette.example/a/page") => TryRead(name, url) ?? throw new InvalidOperationException($"{name} is no article.");

    /// <summary>A page with that head and body; the body is about the harbour board unless given.</summary>
    public static ArticleInput? Of(string head, string? body = null, string url = "https://gazette.example/a/page", Site? site = null) =>
        PageReader.Read(site ?? Gazette, new Uri(url), $"<!DOCTYPE html><html><head>{head}</head><body>{body ?? $"<article><h1>Board agrees to nothing</h1>{Prose}</article>"}</body></html>");
}
