namespace Recommender.Tests.Ingestion;

/// <summary>Invented pages of an invented paper.</summary>
internal static class InventedPages
{
    /// <summary>A page with an article of some length, marked up as a news site does.</summary>
    public static string Article(string url, string title, string subject, string? published = "2026-11-15T08:00:00Z")
    {
        var text = string.Join("", Enumerable.Range(1, 8).Select(part => $"<p>Part {part} of the report tells what the people of the coast make of {subject}, and why the council of the town has taken so long to answer them.</p>"));
        var date = published is null ? "" : $", \"datePublished\": \"{published}\"";
        return $$"""
            <!DOCTYPE html><html lang="en"><head><title>{{title}} | The Gazette</title><link rel="canonical" href="{{url}}">
            <meta property="og:type" content="article"><meta property="og:title" content="{{title}}"><meta property="og:image" content="{{url}}.jpg"><meta name="description" content="All about {{subject}}.">
            <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"{{title}}","url":"{{url}}"{{date}}}</script></head>
            <body><main><article><h1>{{title}}</h1>{{text}}</article></main></body></html>
            """;
    }
}
