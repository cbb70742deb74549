using System.Text.RegularExpressions;
using Recommender.Articles;
using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>What else is done to a copy, besides words that are edited.</summary>
internal enum Treatment
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its sentences stand in another order.</summary>
    Reordered,

    /// <summary>It has a headline of its own, of words of the text.</summary>
    NewHeadline,

    /// <summary>An agency's line before it and an editor's after it.</summary>
    Credited,

    /// <summary>The last two fifths of its sentences are gone.</summary>
    Cut,
}

/// <summary>Makes copies of articles as newsrooms do, from a seed.</summary>
internal sealed partial class Edits(int seed, IReadOnlyList<string> otherWords)
{
    private static readonly string[] Agencies = ["Northwire", "Coastal Press Service", "Meridian News Agency", "United Desk"];
    private static readonly string[] Names = ["Ines Calloway", "Tomas Brandt", "Yara Okafor", "Peter Lindqvist"];
    private readonly Random random = new(seed);

    /// <summary>A copy: of every hundred words, about <paramref name="percent"/> are deleted, replaced, or have one put before them, a third each.</summary>
    public Article Copy(Article article, int percent, Treatment treatment)
    {
        var text = Edited(article.Body, percent);
        var title = treatment is Treatment.NewHeadline ? Headline(article)
            : Fingerprint.Of(article).HasNoOwnHeadline ? FirstWords(text, of: article.Title)
            : Edited(article.Title, percent);
        var sentences = Sentences(text);
        if (treatment is Treatment.Reordered)
        {
            random.Shuffle(sentences);
        }

        var body = string.Join(' ', treatment is Treatment.Cut ? sentences[..Math.Max(1, (int)Math.Ceiling(sentences.Length * 0.6))] : sentences);
        if (treatment is Treatment.Credited)
        {
            var agency = Agencies[random.Next(Agencies.Length)];
            body = $"({agency}) – {body} Reporting by {Names[random.Next(Names.Length)]}; editing by {Names[random.Next(Names.Length)]}. © {agency}. All rights reserved.";
        }

        return article with { Id = article.Id + "~copy", Title = title, Dek = Edited(article.Dek, percent), Body = body };
    }

    private string Edited(string text, int percent)
    {
        var edited = new List<string>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var edit = random.Next(100) < percent ? random.Next(3) : -1;
            if (edit is 1 or 2)
            {
                edited.Add(otherWords[random.Next(otherWords.Count)]);
            }

            if (edit is -1 or 2)
            {
                edited.Add(word);
            }
        }

        return string.Join(' ', edited);
    }

    private string Headline(Article article)
    {
        var words = article.Body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3).Distinct().ToArray();
        random.Shuffle(words);
        return string.Join(' ', words.Take(9));
    }

    // Where there are no headlines, a copy's is the start of its text too.
    private static string FirstWords(string text, string of) => string.Join(' ', text.Split(' ').Take(of.Split(' ').Length));

    private static string[] Sentences(string text) => SentenceEnd().Split(text);

    [GeneratedRegex(@"(?<=[.!?]['""”’)]?)\s+")]
    private static partial Regex SentenceEnd();
}
