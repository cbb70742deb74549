using System.Text;
using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>What an element is by the words that its template gives it: class, id, role, label, test id.</summary>
internal static class BlockWords
{
    private static readonly string[] Attributes = ["class", "id", "role", "aria-label", "data-testid", "data-component", "data-module", "data-block", "itemprop", "data-qa"];

    // Words that are enough by themselves wherever they stand in a name.
    private static readonly HashSet<string> Single = new(StringComparer.Ordinal)
    {
        "related", "relateds", "relatedposts", "relatedstories", "relatedarticles", "relatedcontent", "recirc", "recirculation", "recommended", "recommendation", "recommendations", "recommend", "outbrain", "taboola",
        "mostread", "mostpopular", "trending", "popular", "readmore", "readnext", "upnext", "morestories", "morefrom", "teaser", "teasers", "onward", "similar", "zergnet", "yarpp",
        "newsletter", "newsletters", "signup", "subscribe", "subscription", "promo", "promos", "promobox", "share", "sharing", "sharebar", "sharedaddy", "sharethis", "addtoany", "addthis", "social", "socials",
        "breadcrumb", "breadcrumbs", "navigation", "nav", "navbar", "menu", "sidebar", "toolbar", "pagination", "pager", "cookie", "cookies", "consent", "gdpr", "onetrust", "advert", "advertisement", "ad", "ads",
        "adsense", "adslot", "dfp", "sponsor", "sponsored", "tags", "taglist", "tagcloud", "topics", "copyright", "credits", "print", "printfriendly", "login", "modal", "popup", "lightbox",
        "noprint", "donate", "donation", "paywall", "skip", "banner", "complementary", "contentinfo", "authorbio", "disclaimer",
    };

    private static readonly HashSet<string> Talk = new(StringComparer.Ordinal)
    {
        "comments", "disqus", "commentlist", "commentary-list", "respond", "livefyre", "coral", "discussion", "commentform", "commentpolicy", "viafoura", "hyvor",
    };

    private static readonly HashSet<string> Credit = new(StringComparer.Ordinal) { "byline", "dateline", "author", "authors", "caption", "credit", "timestamp", "figcaption", "pubdate", "postmeta" };

    private static readonly HashSet<string> Pairs = new(StringComparer.Ordinal)
    {
        "read more", "read next", "read also", "more stories", "more articles", "more news", "more from", "more on", "most read", "most popular", "also read", "see also", "you may", "sign up", "up next", "social media",
        "lire aussi", "lea también", "lesen auch", "leggi anche", "leia mais", "mehr zum", "post navigation", "nav links", "link list", "story list", "article list", "comment policy", "comment form",
        "author bio", "author box", "about author", "entry meta", "post meta", "article meta", "byline block", "caption text", "jp relatedposts", "follow us", "back top", "call action", "in brief", "latest news", "latest posts", "links block", "topic list",
    };

    // "has-sidebar", "with-comments": a state of something else; "tag-ads", "category-popular": what WordPress says of a post.
    private static readonly HashSet<string> States = new(StringComparer.Ordinal) { "has", "with", "without", "no", "not", "is", "tag", "category", "type", "status", "postid", "parent", "format" };

    /// <summary>What the words say; <see cref="BlockKind.Content"/> when they say nothing.</summary>
    public static BlockKind KindOf(IElement element)
    {
        var kind = BlockKind.Content;
        foreach (var attribute in Attributes)
        {
            if (element.GetAttribute(attribute) is { Length: > 0 and < 1_000 } value)
            {
                var isPhrase = attribute == "aria-label";
                foreach (var name in isPhrase ? [value] : value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                {
                    var words = Words(name);
                    if (words.Count > 0 && !States.Contains(words[0]) && words.Count < 12 && KindOf(words) is var found && found > kind)
                    {
                        kind = found;
                    }
                }
            }
        }

        return kind;
    }

    private static BlockKind KindOf(List<string> words)
    {
        if (words.Exists(word => word is "has" or "with" or "without" or "no"))
        {
            return BlockKind.Content;
        }

        if (words.Exists(Talk.Contains) || words is ["comment", ..])
        {
            return BlockKind.Talk;
        }

        var isPair = words.Zip(words.Skip(1), (first, second) => $"{first} {second}").Any(Pairs.Contains);
        return isPair || words.Exists(Single.Contains) ? BlockKind.Furniture : words.Exists(Credit.Contains) ? BlockKind.Credit : BlockKind.Content;
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var isNew = char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]);
            if ((isNew || !char.IsLetter(c)) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetter(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}

/// <summary>What a block of a page is, the surest last.</summary>
internal enum BlockKind
{
    /// <summary>Nothing speaks against its being the article.</summary>
    Content,

    /// <summary>Who, when, whose picture: belongs to the article but not to its text.</summary>
    Credit,

    /// <summary>Navigation, other stories, sign-ups, sharing, advertising.</summary>
    Furniture,

    /// <summary>Comments and what leads to them: may hold more text than the article.</summary>
    Talk,
}
