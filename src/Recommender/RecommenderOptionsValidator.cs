using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender;

/// <summary>Checks the whole configuration when a process starts, and names every setting that is wrong.</summary>
internal sealed partial class RecommenderOptionsValidator : IValidateOptions<RecommenderOptions>
{
    public ValidateOptionsResult Validate(string? name, RecommenderOptions options)
    {
        var failures = options.Sites.SelectMany(site => Failures(site.Key, site.Value)).ToList();
        if (!StoreAddress.TryParse(options.Store, out _))
        {
            failures.Add($"{RecommenderOptions.Section}:Store is '{options.Store}', which is neither sqlite:PATH, azure nor azure:ACCOUNT.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(string id, SiteOptions site)
    {
        var setting = $"{RecommenderOptions.Section}:Sites:{id}";
        if (!SiteId().IsMatch(id))
        {
            yield return $"{setting}: a site's id is 1 to 40 lower-case letters, digits and hyphens.";
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(site, new ValidationContext(site), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return $"{setting}: {result.ErrorMessage}";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out _))
        {
            yield return $"{setting}:TimeZone is '{site.TimeZone}', which is no IANA time zone.";
        }

        foreach (var (topic, days) in site.TopicHalfLifeDays.Where(topic => Slug.From(topic.Key) is null || topic.Value is not (>= 0.01 and <= 36_500)))
        {
            yield return Slug.From(topic) is null
                ? $"{setting}:TopicHalfLifeDays has '{topic}', which names no topic."
                : string.Create(CultureInfo.InvariantCulture, $"{setting}:TopicHalfLifeDays:{topic} is {days}; a half-life has 0.01 to 36,500 days.");
        }

        foreach (var same in site.TopicHalfLifeDays.Keys.GroupBy(Slug.From).Where(topic => topic.Key is not null && topic.Count() > 1))
        {
            yield return $"{setting}:TopicHalfLifeDays has {string.Join(" and ", same.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}, which are one topic.";
        }

        foreach (var host in site.Hosts.Where(host => SiteOptions.AsciiHost(host) is null))
        {
            yield return $"{setting}:Hosts has '{host}', which is no host such as www.example.org or *.example.org, without scheme and port.";
        }

        foreach (var feed in site.Feeds.Where(feed => !IsHttp(feed)))
        {
            yield return $"{setting}:Feeds has '{feed}', which is no absolute http or https URL.";
        }

        foreach (var origin in site.AllowedOrigins.Where(origin => origin != "*" && (!IsHttp(origin) || new Uri(origin).GetLeftPart(UriPartial.Authority) != origin)))
        {
            yield return $"{setting}:AllowedOrigins has '{origin}', which is no origin such as https://www.example.org.";
        }
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex SiteId();
}
