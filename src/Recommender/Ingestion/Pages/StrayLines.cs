using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Pages;

/// <summary>Takes out of an extracted text the lines that no element or heading gave away.</summary>
internal static partial class StrayLines
{
    private const int Short = 200;

    /// <summary>The paragraphs that are the article's own.</summary>
    /// <param name="paragraphs">What was extracted.</param>
    /// <param name="title">The article's title, which is no part of its text.</param>
    /// <param name="authors">Its authors, for a byline at its beginning or end.</param>
    public static List<BodyParagraph> Without(IEnumerable<BodyParagraph> paragraphs, string title, IReadOnlyList<string> authors)
    {
        var titleKey = Likeness.Key(title);
        var names = authors.Select(Likeness.Key).ToHashSet(StringComparer.Ordinal);
        var kept = new List<BodyParagraph>();
        foreach (var paragraph in paragraphs)
        {
            if (!IsStray(paragraph, titleKey, names) && (kept.Count == 0 || kept[^1].Text != paragraph.Text))
            {
                kept.Add(paragraph);
            }
        }

        // A heading without anything under it.
        while (kept.Count > 0 && kept[^1].IsHeading)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return kept;
    }

    private static bool IsStray(BodyParagraph paragraph, string titleKey, HashSet<string> names)
    {
        if (paragraph.Text.Length > Short)
        {
            return false;
        }

        if (!paragraph.Text.Any(char.IsLetterOrDigit) || Junk().IsMatch(paragraph.Text) || BlockHeadings.IsOtherStories(paragraph.Text) || BlockHeadings.IsTalk(paragraph.Text))
        {
            return true;
        }

        var key = Likeness.Key(paragraph.Text);
        return key == titleKey
            || names.Contains(key)
            || (titleKey.Length > 0 && key.StartsWith(titleKey, StringComparison.Ordinal) && key.Length < titleKey.Length + 100 && names.Any(name => key.EndsWith(name, StringComparison.Ordinal)))
            || (Byline.IsIntroduced(paragraph.Text) && paragraph.Text.Length < 120 && Byline.Names(paragraph.Text).Any(name => names.Contains(Likeness.Key(name))))
            || (BlockHeadings.IsPointer(paragraph.Text) && (paragraph.LinkDensity > 0.4 || paragraph.Text.Length < 40))
            || (paragraph.LinkDensity > 0.9 && paragraph.Text.Length > 2 && paragraph.Element is not ("li" or "td" or "blockquote"));
    }

    [GeneratedRegex(@"^\W*(?:
        advertisements?(?:\s.{0,40})? | anzeige | publicidad | publicité | pubblicità | publicidade | advertentie | sponsored | loading\b.{0,20} | skip\s+(?:to|advertisement).{0,30} | (?:please\s+)?enable\s+javascript.{0,80} |
        (?:share|tweet|print|email|e-mail|save|copy\s+link|bookmark|facebook|twitter|whatsapp|linkedin|x|pinterest|reddit|telegram|comments?|listen|play|pause|close|menu|search)(?:[\s,|·•/]+(?:share|tweet|print|email|save|copy\s+link|facebook|twitter|whatsapp|linkedin|x|pinterest|reddit|telegram|comments?|\d+))* |
        share\s+(?:this|on|via)\s.{1,60} | listen\s+to\s+this\s+(?:article|story).{0,40} | \d+\s*min(?:ute)?s?\s+(?:read|to\s+read|listen) | (?:lesedauer|temps\s+de\s+lecture|tiempo\s+de\s+lectura|tempo\s+di\s+lettura|leestijd)\b.{1,20} | estimated\s+reading\s+time.{1,20} |
        (?:sign\s+up|subscribe)\s+(?:for|to|here|now|today)\b.{0,150} | (?:follow|like)\s+us\s+on\s.{1,120} | (?:get|join)\s+(?:our|the)\s.{0,60}newsletter.{0,80} | by\s+(?:signing\s+up|subscribing).{1,180} | already\s+a\s+(?:subscriber|member).{0,60} | support\s+(?:our|independent)\s+journalism.{0,100} |
        (?:photo|image|picture|video|foto|bild|crédito?|photograph|illustration|graphic)s?\s*(?:credit|by|courtesy|:|/).{1,160} | (?:getty\s+images|reuters|ap\s+photo|afp|shutterstock|istock)\W* | (?:©|\(c\)|copyright\b).{0,180} | all\s+rights\s+reserved.{0,100} |
        (?:comments\s+(?:are|have\s+been)\s+(?:closed|disabled|turned\s+off)|comments\s+are\s+moderated|be\s+the\s+first\s+to\s+comment|log\s+in\s+to\s+(?:comment|reply)|your\s+email\s+address\s+will\s+not\s+be\s+published|we\s+(?:use|value\s+your)\s+(?:cookies|privacy)).{0,150} |
        (?:published|posted|updated|first\s+published|last\s+(?:updated|modified))\s*(?:on|at|:)?\s+.{0,20}\d{1,4}.{0,40} | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},\s+\d{4}.{0,40}
        )$", RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Junk();
}
