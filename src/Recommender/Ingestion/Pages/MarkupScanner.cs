namespace Recommender.Ingestion.Pages;

/// <summary>What a stretch of markup is.</summary>
internal enum MarkupKind
{
    Text,
    StartTag,
    EndTag,
    RawText,
    Comment,
}

/// <summary>A stretch of markup: characters from <see cref="Start"/> to before <see cref="End"/>; a tag has a name, at <see cref="NameStart"/>.</summary>
internal readonly record struct MarkupToken(MarkupKind Kind, int Start, int End, int NameStart = 0, int NameEnd = 0);

/// <summary>
/// Cuts HTML into tags and text in one pass, in time that grows with its length only, whatever it holds. It builds no tree, so depth costs nothing:
/// it decides what a real parser may be given.
/// </summary>
internal ref struct MarkupScanner(ReadOnlySpan<char> html)
{
    private static readonly string[] RawElements = ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

    private readonly ReadOnlySpan<char> html = html;
    private int position;
    private string? raw;
    private bool noMoreCommentEnds;

    /// <summary>The next stretch; false at the end.</summary>
    public bool Next(out MarkupToken token)
    {
        if (position >= html.Length)
        {
            token = default;
            return false;
        }

        if (raw is not null)
        {
            var end = EndOfRaw(raw);
            raw = null;
            if (end > position)
            {
                token = new MarkupToken(MarkupKind.RawText, position, end);
                position = end;
                return true;
            }
        }

        var start = position;
        token = html[start] == '<' ? Markup() : Text();
        position = token.End;
        if (token.Kind == MarkupKind.StartTag)
        {
            var name = html[token.NameStart..token.NameEnd];
            foreach (var element in RawElements)
            {
                if (name.Equals(element, StringComparison.OrdinalIgnoreCase))
                {
                    raw = element;
                }
            }
        }

        return true;
    }

    /// <summary>Moves behind the next end tag of that name.</summary>
    /// <returns>False, and nothing moves, when there is none.</returns>
    public bool SkipPast(string name)
    {
        for (var from = position; from < html.Length;)
        {
            var found = html[from..].IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            var close = html[(from + found)..].IndexOf('>');
            position = close < 0 ? html.Length : from + found + close + 1;
            raw = null;
            return true;
        }

        return false;
    }

    private readonly MarkupToken Text()
    {
        var next = html[position..].IndexOf('<');
        return new MarkupToken(MarkupKind.Text, position, next < 0 ? html.Length : position + next);
    }

    private MarkupToken Markup()
    {
        var rest = html[position..];
        if (rest.StartsWith("<!--", StringComparison.Ordinal))
        {
            return Comment();
        }

        if (rest.Length > 1 && char.IsAsciiLetter(rest[1]))
        {
            return Tag(MarkupKind.StartTag, position + 1);
        }

        if (rest.Length > 2 && rest[1] == '/' && char.IsAsciiLetter(rest[2]))
        {
            return Tag(MarkupKind.EndTag, position + 2);
        }

        if (rest.Length > 1 && rest[1] is '!' or '?' or '/')
        {
            var close = rest.IndexOf('>');
            return new MarkupToken(MarkupKind.Comment, position, close < 0 ? html.Length : position + close + 1);
        }

        var next = rest[1..].IndexOf('<');
        return new MarkupToken(MarkupKind.Text, position, next < 0 ? html.Length : position + 1 + next);
    }

    // A comment without an end would hide the rest of the page; only its opening is taken for one then.
    private MarkupToken Comment()
    {
        var rest = html[position..];
        if (rest.StartsWith("<!-->", StringComparison.Ordinal) || rest.StartsWith("<!--->", StringComparison.Ordinal))
        {
            return new MarkupToken(MarkupKind.Comment, position, position + rest.IndexOf('>') + 1);
        }

        var end = noMoreCommentEnds ? -1 : rest[4..].IndexOf("-->", StringComparison.Ordinal);
        noMoreCommentEnds = end < 0;
        return new MarkupToken(MarkupKind.Comment, position, position + (end < 0 ? 4 : end + 7));
    }

    private readonly MarkupToken Tag(MarkupKind kind, int nameStart)
    {
        var at = nameStart;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('/' or '>'))
        {
            at++;
        }

        var nameEnd = at;
        while (at < html.Length && html[at] != '>')
        {
            var isAssigned = html[at] == '=';
            at++;
            if (!isAssigned)
            {
                continue;
            }

            while (at < html.Length && char.IsWhiteSpace(html[at]))
            {
                at++;
            }

            if (at < html.Length && html[at] is '"' or '\'')
            {
                var close = html[(at + 1)..].IndexOf(html[at]);
                at = close < 0 ? html.Length : at + close + 2;
            }
        }

        return new MarkupToken(kind, position, Math.Min(html.Length, at + 1), nameStart, nameEnd);
    }

    private readonly int EndOfRaw(string name)
    {
        var end = html[position..].IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : position + end;
    }
}
