using System.Net;
using System.Text;
using AngleSharp.Dom;

namespace Recommender.Ingestion.Feeds;

/// <summary>Writes elements of a feed, such as the XHTML of Atom, as the HTML that they stand for.</summary>
internal static class FeedMarkup
{
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase) { "href", "src", "alt", "width", "height", "title", "data-src" };
    private static readonly HashSet<string> Voids = new(StringComparer.OrdinalIgnoreCase) { "br", "hr", "img", "wbr", "input" };

    /// <summary>What is inside <paramref name="parent"/>, items left out. Walked without recursion, for its sender decides how deep it is.</summary>
    public static string Of(IElement parent)
    {
        var html = new StringBuilder();
        var stack = new Stack<(INode Node, bool Leaving)>(parent.ChildNodes.Reverse().Select(node => (node, false)));
        while (stack.TryPop(out var visit))
        {
            switch (visit.Node)
            {
                case var text when FeedFields.IsText(text):
                    html.Append(WebUtility.HtmlEncode(text.NodeValue));
                    break;
                case IElement element when visit.Leaving:
                    html.Append("</").Append(element.LocalName).Append('>');
                    break;
                case IElement element when !FeedFields.IsItem(element):
                    Open(element, html);
                    if (!Voids.Contains(element.LocalName))
                    {
                        stack.Push((element, true));
                        foreach (var child in element.ChildNodes.Reverse())
                        {
                            stack.Push((child, false));
                        }
                    }

                    break;
                default:
                    break;
            }
        }

        return html.ToString();
    }

    private static void Open(IElement element, StringBuilder html)
    {
        html.Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes.Where(attribute => Kept.Contains(attribute.LocalName)))
        {
            html.Append(' ').Append(attribute.LocalName).Append("=\"").Append(WebUtility.HtmlEncode(attribute.Value)).Append('"');
        }

        html.Append('>');
    }
}
