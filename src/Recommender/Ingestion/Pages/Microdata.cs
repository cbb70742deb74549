using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>The article that a page marks up in its elements by <c>itemscope</c> and <c>itemprop</c>.</summary>
internal sealed class Microdata
{
    private readonly List<(string Name, IElement Element)> properties = [];

    private Microdata(IElement item)
    {
        foreach (var element in item.QuerySelectorAll("[itemprop]"))
        {
            if (Owner(element) == item)
            {
                properties.AddRange(element.GetAttribute("itemprop")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => (name, element)));
            }
        }
    }

    /// <summary>The page's own article: the one with the heading, else the only one.</summary>
    public static Microdata? Of(IParentNode document, IElement? heading)
    {
        var items = document.QuerySelectorAll("[itemscope][itemtype]").Where(item => Types(item).Any(Schema.IsArticle)).ToList();
        var item = items.Find(item => heading is not null && item.Contains(heading)) ?? (items.Count == 1 ? items[0] : null);
        return item is null ? null : new Microdata(item);
    }

    /// <summary>Elements that hold a property.</summary>
    public IEnumerable<IElement> Elements(string property) => properties.Where(one => one.Name == property).Select(one => one.Element);

    /// <summary>Values of a property: of an item, its name; of a <c>meta</c>, <c>time</c>, link or image, what its attribute says; else its text.</summary>
    public IEnumerable<string> Values(string property) => Elements(property).Select(ValueOf).Where(value => value.Length > 0);

    private static string ValueOf(IElement element)
    {
        if (element.HasAttribute("itemscope") && element.QuerySelector("[itemprop~=name], [itemprop~=url]") is { } inner)
        {
            return ValueOf(inner);
        }

        return (element.GetAttribute("content") ?? element.LocalName switch
        {
            "time" => element.GetAttribute("datetime"),
            "a" or "link" or "area" when element.GetAttribute("itemprop") is "url" or "mainEntityOfPage" or "image" => element.GetAttribute("href"),
            "img" or "source" => element.GetAttribute("src"),
            _ => null,
        } ?? element.TextContent).Trim();
    }

    private static IElement? Owner(IElement element)
    {
        var owner = element.ParentElement;
        while (owner is not null && !owner.HasAttribute("itemscope"))
        {
            owner = owner.ParentElement;
        }

        return owner;
    }

    private static IEnumerable<string> Types(IElement item) =>
        item.GetAttribute("itemtype")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(type => type[(type.LastIndexOf('/') + 1)..]);
}
