using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Editorial;

/// <summary>What every override has to fulfil, wherever it comes from: the one place for it, for the API and the desk.</summary>
public static class OverrideRules
{
    /// <summary>Most characters of a note.</summary>
    public const int MaxNote = 1_000;

    /// <summary>Most characters of an author's name.</summary>
    public const int MaxAuthor = 200;

    /// <summary>The greatest factor of a boost.</summary>
    public const double MaxFactor = 10;

    /// <summary>What is wrong with an override, field by field, in words for the editor; empty when nothing is.</summary>
    public static IReadOnlyList<FieldError> Check(Override rule)
    {
        var errors = new List<FieldError>();
        Require(!string.IsNullOrWhiteSpace(rule.Target), "target", "The id or URL of a story is required.");
        Require(rule.Scope != OverrideScope.Page(rule.Target), "target", "A page is never in its own list.");
        Require(rule is not Pin pin || IsSlot(pin.Slot), "slot", $"A slot is a whole number from 1 to {Override.MaxSlot}.");
        Require(rule is not Pin { Turn: { Length: > 0 } turn } || ArticleId.IsValid(turn), "slot", $"What follows the @ is 1 to {ArticleId.MaxLength} characters, without spaces at the ends.");
        Require(rule is not Boost boost || boost.Factor is >= 0 and <= MaxFactor, "factor", $"A factor from 0 to {MaxFactor} is required: above 1 lifts a story, below 1 buries it.");
        Require(rule.From is null || rule.Until is null || rule.From < rule.Until, "until", "Until is not after from.");
        Require(rule.Note.Length <= MaxNote, "note", $"At most {MaxNote} characters, not {rule.Note.Length}.");
        Require(rule.Author.Length <= MaxAuthor, "author", $"At most {MaxAuthor} characters, not {rule.Author.Length}.");
        return errors;

        void Require(bool isMet, string field, string message)
        {
            if (!isMet)
            {
                errors.Add(new FieldError(field, message));
            }
        }
    }

    /// <summary>Whether there is such a slot.</summary>
    public static bool IsSlot(int slot) => slot is >= 1 and <= Override.MaxSlot;

    /// <summary>Reads an instant that an editor wrote: with a zone as it stands, without one in the site's.</summary>
    /// <param name="site">The site.</param>
    /// <param name="field">What it is called, for the error.</param>
    /// <param name="text">What was written; blank for none.</param>
    /// <param name="instant">The instant; null for none and for an error.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static FieldError? ReadInstant(Site site, string field, string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var reading = LocalTime.Read(text, site.TimeZone);
        instant = reading.Instant?.ToUniversalTime();
        return instant is null ? new FieldError(field, reading.Problem!) : null;
    }
}
