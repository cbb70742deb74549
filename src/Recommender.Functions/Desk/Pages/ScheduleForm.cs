using System.Globalization;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;

namespace Recommender.Functions.Desk.Pages;

/// <summary>Reads the schedule of a story: what, from when and until when.</summary>
internal static class ScheduleForm
{
    /// <summary>What was sent.</summary>
    public static ScheduleInput Read(IFormCollection form, DeskRequest desk)
    {
        var input = new ScheduleInput
        {
            Kind = form["kind"] == Block.Name ? Block.Name : Pin.Name,
            Slot = form["slot"].ToString().Trim(),
            From = form["from"].ToString().Trim(),
            Until = form["until"].ToString().Trim(),
            FromOffset = form["fromOffset"].ToString().Trim(),
            UntilOffset = form["untilOffset"].ToString().Trim(),
            Note = form["note"].ToString().Trim(),
        };
        return form["preset"].ToString() switch
        {
            "tonight" => Until(input, LocalTime.Tonight(desk.Now, desk.TimeZone), desk),
            "day" => Until(input, desk.Now.AddDays(1), desk),
            "week" => Until(input, desk.Now.AddDays(7), desk),
            "none" => input with { Until = "", UntilOffset = "" },
            _ => input,
        };
    }

    /// <summary>The edits, or the input with what is wrong with it.</summary>
    public static (IReadOnlyList<DraftEdit> Edits, ScheduleInput Input) Edit(ScheduleInput input, PageView view, string story)
    {
        var errors = new List<FieldError>();
        var from = Instant("from", input.From, input.FromOffset);
        var until = Instant("until", input.Until, input.UntilOffset);
        var slot = int.TryParse(input.Slot, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        Override rule = input.Kind == Block.Name ? new Block { Scope = view.Scope, Target = story } : new Pin { Scope = view.Scope, Target = story, Slot = slot };
        rule = rule with { From = from, Until = until, Note = input.Note };
        errors.AddRange(OverrideRules.Check(rule).Where(error => errors.TrueForAll(earlier => earlier.Field != error.Field)));
        return errors.Count > 0 ? ([], input with { Errors = errors }) : ([DraftEdit.Put(rule)], input);

        DateTimeOffset? Instant(string field, string text, string offset)
        {
            // An offset that was chosen for a time that comes twice means nothing for another.
            var isTwice = text.Length > 0 && LocalTime.Read(text, view.Desk.TimeZone).Choices.Any(choice => choice.ToString("zzz", CultureInfo.InvariantCulture) == offset);
            errors.AddRange(OverrideRules.ReadInstant(view.Desk.Site, field, isTwice ? text + offset : text, out var instant) is { } error ? [error] : []);
            return instant;
        }
    }

    private static ScheduleInput Until(ScheduleInput input, DateTimeOffset until, DeskRequest desk) => input with
    {
        Until = LocalTime.Field(until, desk.TimeZone),
        UntilOffset = TimeZoneInfo.ConvertTime(until, desk.TimeZone).ToString("zzz", CultureInfo.InvariantCulture),
    };
}
