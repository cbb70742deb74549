using Recommender.Editorial.Review;
using Recommender.Editorial.Review.Warnings;
using Recommender.Sites;

namespace Recommender.Editorial;

/// <summary>What begins, what ends and what was forgotten, over all pages of a site.</summary>
public sealed class Agenda(OverrideTable overrides, PageReviews reviews, TimeProvider time)
{
    /// <summary>How far it looks ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>The agenda as it is now.</summary>
    public async Task<AgendaOfSite> ReadAsync(Site site, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var rules = await overrides.AllAsync(site, cancellation);
        var living = rules.Where(rule => rule.Until is null || rule.Until > now).ToList();
        var stories = await reviews.StoriesAsync(site, living.Select(rule => rule.Target).Concat(living.Where(rule => rule.Scope.Kind == "page").Select(rule => rule.Scope.Name)), cancellation);
        var pins = living.OfType<Pin>().ToList();
        return new AgendaOfSite
        {
            Starting = [.. living.Where(rule => rule.From > now && rule.From <= now + Ahead).OrderBy(rule => rule.From)],
            Expiring = [.. living.Where(rule => rule.Until <= now + Ahead && rule.IsInForce(now)).OrderBy(rule => rule.Until)],
            Dead = [.. pins.Where(pin => stories[pin.Target].Card is null)],
            Endless = [.. pins.Where(pin => pin.Until is null)],
            Stale = [.. pins.Where(pin => pin.Until is null && now - pin.Changed > StalePin.Age)],
            Ended = [.. rules.Where(rule => rule.Until <= now)],
            Rules = rules,
            Stories = stories,
        };
    }
}

/// <summary>Overrides of a site by what is to be done about them.</summary>
public sealed record AgendaOfSite
{
    /// <summary>Those that come into force within a day, the next first.</summary>
    public required IReadOnlyList<Override> Starting { get; init; }

    /// <summary>Those in force that end within a day, the next first.</summary>
    public required IReadOnlyList<Override> Expiring { get; init; }

    /// <summary>Pins of stories that were taken down.</summary>
    public required IReadOnlyList<Pin> Dead { get; init; }

    /// <summary>Pins without end.</summary>
    public required IReadOnlyList<Pin> Endless { get; init; }

    /// <summary>Of these, those that nobody touched for a month.</summary>
    public required IReadOnlyList<Pin> Stale { get; init; }

    /// <summary>Those whose window has closed.</summary>
    public required IReadOnlyList<Override> Ended { get; init; }

    /// <summary>All of them.</summary>
    public required IReadOnlyList<Override> Rules { get; init; }

    /// <summary>The stories and pages that they are about, by id.</summary>
    public required IReadOnlyDictionary<string, Story> Stories { get; init; }
}
