using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Recommender.Editorial;

namespace Recommender.Functions.Api.Overrides;

/// <summary>Reads If-Match and If-None-Match.</summary>
internal static class OverrideConditions
{
    private const string Any = "*";

    // No store gives such a version, so it never matches.
    private const string Unknown = "";

    /// <summary>What the request wants to find. A list in If-Match is met by any of its versions.</summary>
    /// <param name="request">The request.</param>
    /// <param name="current">What is there; null when nothing is.</param>
    /// <param name="condition">The condition for the write.</param>
    /// <returns>What is wrong with the headers; null when nothing is.</returns>
    public static ValidationProblem? Read(HttpRequest request, Override? current, out OverrideCondition condition)
    {
        condition = OverrideCondition.None;
        if (request.Headers.IfNoneMatch is { Count: > 0 } none)
        {
            condition = OverrideCondition.Absent;
            return none.ToString() == Any ? null : Problems.Field(HeaderNames.IfNoneMatch, "Only * is understood here: write if there is none yet.");
        }

        if (request.Headers.IfMatch is { Count: > 0 } match)
        {
            if (!EntityTagHeaderValue.TryParseList(match, out var tags))
            {
                return Problems.Field(HeaderNames.IfMatch, "This is no entity tag; send back the etag that was given.");
            }

            var known = current?.ETag is { } version && tags.Any(tag => tag.Tag == OverrideAnswer.Tag(version)) ? version : Unknown;
            condition = OverrideCondition.Match(tags.Any(tag => tag.Tag == Any) ? Any : known);
        }

        return null;
    }
}
