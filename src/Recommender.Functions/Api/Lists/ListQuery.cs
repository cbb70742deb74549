using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Recommender.Articles;
using Recommender.MoreStories;

namespace Recommender.Functions.Api.Lists;

/// <summary>What a page asks for, as it stands in the query.</summary>
internal sealed record ListQuery
{
    [FromQuery(Name = "url"), Description("URL of the page; tracking parameters do not matter.")]
    public string? Url { get; init; }

    [FromQuery(Name = "id"), Description("Id of the page's article, instead of its URL.")]
    public string? Id { get; init; }

    [FromQuery(Name = "site"), Description("Id of the site; needed only when neither the URL nor there being one site tells.")]
    public string? Site { get; init; }

    [FromQuery(Name = "count"), Description("Items wanted, 1 to 20; as the site is configured when absent.")]
    public string? Count { get; init; }

    [FromQuery(Name = "exclude"), Description("Ids or URLs of stories that are on the page already; may be repeated, and ids may be listed between commas.")]
    public string[]? Exclude { get; init; }

    [FromQuery(Name = "explain"), Description("true: with the score of each item, taken apart.")]
    public string? Explain { get; init; }

    [FromQuery(Name = "olderOnly"), Description("true: only stories that were published before the page; as the site is configured when absent.")]
    public string? OlderOnly { get; init; }

    /// <summary>Whether scores are to be explained.</summary>
    public bool IsExplained => TryFlag(Explain, out var isExplained) && isExplained is true;

    /// <summary>The request, or what is wrong with it.</summary>
    public bool TryRead([NotNullWhen(true)] out ListRequest? request, [NotNullWhen(false)] out ValidationProblem? problem)
    {
        request = null;
        int? count = null;
        bool? isOlderOnly = null;
        problem = Url is { Length: > 0 } && !CanonicalUrl.TryParse(Url, out _) ? Problems.Field("url", "This is no absolute http or https URL.")
            : !TryCount(Count, out count) ? Problems.Field("count", $"Count is a whole number from 1 to {ListRequest.MaxCount}.")
            : !TryFlag(Explain, out _) ? Problems.Field("explain", "Explain is true or false.")
            : !TryFlag(OlderOnly, out isOlderOnly) ? Problems.Field("olderOnly", "OlderOnly is true or false.")
            : null;
        if (problem is not null)
        {
            return false;
        }

        request = new ListRequest { Id = Name(Id), Url = Name(Url), Count = count, OnlyOlder = isOlderOnly, Exclude = [.. (Exclude ?? []).SelectMany(Split).Take(MaxExcluded)] };
        return true;
    }

    /// <summary>Reads a count; null when there is none.</summary>
    public static bool TryCount(string? text, out int? count)
    {
        count = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ListRequest.MaxCount;
        count = isNumber ? number : null;
        return isNumber;
    }

    // A name without a value means yes, as an attribute of HTML does.
    private static bool TryFlag(string? text, out bool? flag)
    {
        flag = text switch { "true" or "1" or "" => true, "false" or "0" => false, _ => null };
        return text is null || flag is not null;
    }

    private const int MaxExcluded = 500;
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static string? Name(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // A URL may have commas of its own.
    private static IEnumerable<string> Split(string names) =>
        names.Contains("://", StringComparison.Ordinal) ? names.Replace(",http", "\nhttp", StringComparison.OrdinalIgnoreCase).Split('\n', Trimmed) : names.Split(',', Trimmed);
}
