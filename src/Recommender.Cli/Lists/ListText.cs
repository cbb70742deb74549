using Recommender.Cli.Terminals;
using Recommender.MoreStories;
using Spectre.Console;

namespace Recommender.Cli.Lists;

/// <summary>Shows a list to people: heading, state, and the items with what readers see and why they see it.</summary>
internal sealed class ListText(Terminal terminal, bool isExplained)
{
    private const int Indent = 4;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);

    /// <summary>Writes it to standard output.</summary>
    public void Write(MoreStoriesList list)
    {
        terminal.WriteLine(list.Heading, Strong);
        terminal.WriteLine(Sentence(list), Faint);
        foreach (var item in list.Items)
        {
            terminal.WriteLine();
            Write(item);
        }
    }

    private void Write(ListItem item)
    {
        terminal.WriteLine($"{item.Slot,2}. {item.Card.Title}", Strong);
        Write(item.Date);
        Write(item.Card.Dek);
        Write(Sentence(item), new Style(Color.Green));
        if (item.Card.Thread is { } thread)
        {
            Write($"Thread: {thread.Name}", Faint);
        }

        terminal.WriteLine(new string(' ', Indent) + item.Card.Url, Faint);
        if (isExplained)
        {
            terminal.Write(ExplanationTree.Of(item.Explanation, Indent));
        }
    }

    private void Write(string text, Style? style = null)
    {
        foreach (var line in Wrapping.Wrap(text, terminal.Width, Indent))
        {
            terminal.WriteLine(line, style);
        }
    }

    private static string Sentence(MoreStoriesList list) => list.State switch
    {
        ListState.Complete => "complete: every story was chosen for this page",
        ListState.Partial => "partial: the latest stories filled it up",
        ListState.Fallback => "fallback: nothing was chosen for this page, these are the latest stories",
        _ => "empty: there are no stories",
    };

    private static string Sentence(ListItem item) => item.Reason switch
    {
        Reason.Pinned => $"An editor put it here ({item.Explanation.Detail}).",
        Reason.Similar when item.Terms.Count > 0 => $"Similar: both are about {string.Join(", ", item.Terms)}.",
        Reason.Similar => "Similar to the page.",
        Reason.SameThread when item.Terms.Count > 0 => $"Tells the same running story: both are about {string.Join(", ", item.Terms)}.",
        Reason.SameThread => "Tells the same running story.",
        Reason.LatestInTopic => "Among the newest of the page's topics.",
        _ => "Among the newest of the site.",
    };
}
