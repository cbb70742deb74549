using System.Globalization;
using Recommender.Editorial;
using Recommender.Editorial.Review;

namespace Recommender.Functions.Desk;

/// <summary>Overrides in words. All of it is plain text, which components escape.</summary>
public static class RuleWords
{
    /// <summary>What it does, in a word or two: <c>Pin, slot 2</c>, <c>Block</c>, <c>Boost × 1.5</c>, <c>Bury × 0.5</c>, <c>Evergreen</c>.</summary>
    public static string State(Override rule) => rule switch
    {
        Pin pin => $"Pin, slot {pin.Slot}",
        Boost boost => string.Create(CultureInfo.InvariantCulture, $"{(boost.Factor < 1 ? "Bury" : "Boost")} × {boost.Factor:0.##}"),
        Block => "Block",
        _ => "Evergreen",
    };

    /// <summary>What to call a story: its headline, or its id where there is none any more.</summary>
    public static string NameOf(IReadOnlyDictionary<string, Story> stories, string id) => stories.TryGetValue(id, out var story) ? story.Name : id;

    /// <summary>What it did, as the rest of a sentence that begins with who: <c>pinned “Ferry strike ends” in slot 2 on the page “Harbour board”</c>.</summary>
    public static string Deed(AuditEntry entry, IReadOnlyDictionary<string, Story> stories)
    {
        var rule = entry.After ?? entry.Before;
        return rule is null ? "changed something"
            : entry.After is null ? $"took back the {Kind(rule)} of {Quoted(rule)} {Where(rule)}"
            : entry.Before is null ? $"{Verb(rule)} {Where(rule)}"
            : entry.Before.Target != rule.Target ? $"{Verb(rule)} {Where(rule)}, in place of {Quoted(entry.Before)}"
            : $"changed the {Kind(rule)} of {Quoted(rule)} {Where(rule)}";

        string Verb(Override put) => put switch
        {
            Pin pin => $"pinned {Quoted(pin)} in slot {pin.Slot}",
            Boost { Factor: < 1 } => $"buried {Quoted(put)}",
            Boost => $"boosted {Quoted(put)}",
            Block => $"blocked {Quoted(put)}",
            _ => $"made {Quoted(put)} evergreen",
        };

        string Quoted(Override put) => $"“{NameOf(stories, put.Target)}”";

        string Where(Override put) => put.Scope.Kind == "page" ? $"on the page “{NameOf(stories, put.Scope.Name)}”" : Sentences.Where(put.Scope);
    }

    /// <summary>Everything that a rule says, for before and after; <c>Nothing</c> for none.</summary>
    public static string Whole(Override? rule, TimeZoneInfo zone)
    {
        if (rule is null)
        {
            return "Nothing";
        }

        var parts = new List<string> { State(rule) };
        parts.AddRange(rule.From is { } from ? [$"from {Clock(from, zone)}"] : []);
        parts.Add(rule.Until is { } until ? $"until {Clock(until, zone)}" : "no end");
        parts.AddRange(rule.Note.Length > 0 ? [$"“{rule.Note}”"] : []);
        return string.Join(", ", parts);
    }

    private static string Kind(Override rule) => rule switch
    {
        Pin pin => $"pin in slot {pin.Slot}",
        Boost { Factor: < 1 } => "burying",
        Boost => "boost",
        Block => "block",
        _ => "evergreen mark",
    };

    private static string Clock(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);
}
