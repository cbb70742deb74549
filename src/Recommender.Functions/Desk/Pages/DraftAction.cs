using System.Globalization;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;

namespace Recommender.Functions.Desk.Pages;

/// <summary>What a button of a page's desk says: a verb, what with, and about which story. <c>pin|2|ferry-strike</c>.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="With">Slot, scope, factor's direction or number; empty where nothing is needed.</param>
/// <param name="Story">Id of the story; empty where none is meant.</param>
internal sealed record DraftAction(string Verb, string With, string Story)
{
    // Lifting and burying go by steps; at 1 there is nothing to say.
    private static readonly double[] Factors = [0, 0.25, 0.5, 1, 1.5, 2, 4, 8];

    /// <summary>What a button says.</summary>
    public static DraftAction Parse(string text) => text.Split('|', 3) is [var verb, var with, var story] ? new DraftAction(verb, with, story) : new DraftAction("", "", "");

    /// <summary>What it changes in the draft, and how to tell that; null for what is not of this kind.</summary>
    public (IReadOnlyList<DraftEdit> Edits, string Message)? Edits(PageView view)
    {
        var title = $"“{view.TitleOf(Story)}”";
        switch (Verb)
        {
            case "pin" when int.TryParse(With, NumberStyles.None, CultureInfo.InvariantCulture, out var slot):
                var moves = SlotMoves.Place(view.Review.Rules, view.Scope, Story, slot, view.Review.Draft.List.Items.FirstOrDefault(Is)?.Slot, view.Desk.Now);
                var rest = string.Concat(moves.Skip(1).Select(pin => $" “{view.TitleOf(pin.Target)}” makes room and is pinned in slot {pin.Slot}."));
                var was = view.Review.Rules.OfType<Pin>().FirstOrDefault(pin => pin.Scope == view.Scope && pin.Target == Story);
                var moved = was is not null && was.Slot != slot ? $" It was pinned in slot {was.Slot}." : "";
                return ([.. moves.Select(pin => DraftEdit.Put(pin))], $"{title} is pinned in slot {slot} in the draft.{moved}{rest}");
            case "unpin":
                return ([DraftEdit.Take(new Subject(Pin.Name, view.Scope, Story))], $"{title} is unpinned in the draft.");
            case "block" when Scope(view) is { } scope:
                return ([DraftEdit.Put(new Block { Scope = scope, Target = Story })], $"{title} is blocked {view.Where(scope)} in the draft.");
            case "unblock" when Scope(view) is { } scope:
                return ([DraftEdit.Take(new Subject(Block.Name, scope, Story))], $"{title} is no longer blocked {view.Where(scope)} in the draft.");
            case "boost":
                return Boosted(view, title);
            case "evergreen":
                return ([DraftEdit.Put(new Evergreen { Scope = OverrideScope.Site, Target = Story })], $"{title} counts as evergreen everywhere in the draft.");
            case "unevergreen":
                return ([DraftEdit.Take(new Subject(Evergreen.Name, OverrideScope.Site, Story))], $"{title} no longer counts as evergreen in the draft.");
            case "drop" when With.Split(':', 2) is [var kind, var name]:
                return ([DraftEdit.Drop(new Subject(kind, OverrideScope.Parse(name), Story))], $"The change about {title} is out of the draft.");
            case "version" when view.Versions.FirstOrDefault(version => version.Number.ToString(CultureInfo.InvariantCulture) == With) is { } version:
                return ([.. version.Inverse().Select(operation => new DraftEdit(operation))], $"What version {version.Number} changed is taken back in the draft. Review and publish it.");
            case "entry" when view.Story?.History.FirstOrDefault(entry => entry.Id == With) is { } entry:
                return ([new DraftEdit(Operation.Reverting(entry))], $"The change by {entry.Author} is taken back in the draft. Review and publish it.");
            default:
                return null;
        }
    }

    private bool Is(MoreStories.ListItem item) => item.Card.Id == Story;

    private OverrideScope? Scope(PageView view) =>
        With == "page" ? view.Scope
        : With == "site" ? OverrideScope.Site
        : With.StartsWith("topic:", StringComparison.Ordinal) && view.Topics.Any(Has) ? OverrideScope.Parse(With)
        : null;

    private bool Has(Topic topic) => With["topic:".Length..] == topic.Slug;

    private (IReadOnlyList<DraftEdit>, string) Boosted(PageView view, string title)
    {
        var subject = new Subject(Boost.Name, view.Scope, Story);
        var boost = view.Review.Rules.OfType<Boost>().FirstOrDefault(rule => rule.Scope == view.Scope && rule.Target == Story);
        var factor = boost?.Factor ?? 1;
        var next = With == "+" ? Factors.FirstOrDefault(step => step > factor, Factors[^1]) : Factors.LastOrDefault(step => step < factor, 0);
        return next == 1
            ? ([DraftEdit.Take(subject)], $"{title} is neither boosted nor buried in the draft.")
            : ([DraftEdit.Put((boost ?? new Boost { Scope = view.Scope, Target = Story, Factor = next }) with { Factor = next, ETag = null })],
                $"{title} is {(next > 1 ? "boosted" : "buried")} (× {next.ToString(CultureInfo.InvariantCulture)}) in the draft.");
    }
}
