using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Deployment.Tests.Support;
using Recommender.Telemetry;

namespace Recommender.Deployment.Tests.Infrastructure;

/// <summary>An alert on a metric that nobody emits never fires, and one without a runbook helps nobody at night.</summary>
public sealed partial class AlertTests
{
    private const string Role = "cloud_RoleName == 'more-stories'";

    private static readonly string[] Alerts = [.. Directory.GetFiles(Repository.PathOf("infra", "alerts"), "*.kql").Order(StringComparer.Ordinal)];

    [Fact]
    public void Queries_ask_for_metrics_that_the_application_emits_by_tags_that_these_have()
    {
        var emitted = Emitted();
        var documented = Repository.Read("src", "Recommender", "Telemetry", "Measurements.cs");
        foreach (var text in Alerts.Append(Repository.PathOf("infra", "workbook.json")).Select(File.ReadAllText))
        {
            var names = Metric().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
            Assert.True(names.Count > 0 || text.Contains(Role, StringComparison.Ordinal));
            Assert.All(names, name => Assert.Contains(name, emitted));
            var tags = Tag().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
            Assert.All(tags, tag => Assert.Matches($@"\[[^\]]*\b{tag}\b", documented));
            Assert.All(Word().Matches(text).Select(match => match.Groups[1].Value), word => Assert.Contains(word, documented, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Requests_are_counted_once_though_the_host_reports_them_too_and_as_often_as_they_were()
    {
        foreach (var text in Alerts.Select(File.ReadAllText).Append(Repository.Read("infra", "workbook.json")))
        {
            Assert.Equal(Regex.Count(text, @"(?:^|"")\s*requests\s+\|", RegexOptions.Multiline), Regex.Count(text, Regex.Escape(Role)));
        }

        // Of what was sampled a row stands for several.
        Assert.All(Alerts.Select(File.ReadAllText).Append(Repository.Read("infra", "workbook.json")), text => Assert.DoesNotMatch(@"\bcount(if)?\(", text));
        Assert.Contains("\"more-stories\"", Repository.Read("src", "Recommender.Functions", "Telemetry", "TelemetryServices.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_alert_is_a_rule_and_has_a_runbook()
    {
        var rules = Repository.Read("infra", "modules", "alerts.bicep");
        var readme = Repository.Read("infra", "README.md");
        Assert.Equal(["empty-lists", "errors", "failed-runs", "failing-feeds", "throttling"], Alerts.Select(Path.GetFileNameWithoutExtension));
        Assert.All(Alerts.Select(Path.GetFileNameWithoutExtension), name =>
        {
            Assert.Contains($"loadTextContent('../alerts/{name}.kql')", rules, StringComparison.Ordinal);
            Assert.Contains($"name: '{name}'", rules, StringComparison.Ordinal);
            Assert.Contains($"\n### {name}\n", readme, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_workbook_asks_the_component_that_it_belongs_to()
    {
        using var workbook = JsonDocument.Parse(Repository.Read("infra", "workbook.json"));
        var queries = workbook.RootElement.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("type").GetInt32() == 3).ToList();
        Assert.Equal("Notebook/1.0", workbook.RootElement.GetProperty("version").GetString());
        Assert.True(queries.Count >= 10);
        Assert.All(queries, query => Assert.Equal("__COMPONENT__", query.GetProperty("content").GetProperty("crossComponentResources")[0].GetString()));
        Assert.Equal(queries.Count, queries.Select(query => query.GetProperty("name").GetString()).Distinct().Count());
    }

    private static HashSet<string> Emitted()
    {
        var names = new HashSet<string>();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => names.UnionWith(instrument.Meter.Name == Measurements.MeterName ? [instrument.Name] : []) };
        listener.Start();
        _ = new Measurements(services.GetRequiredService<IMeterFactory>());
        return names;
    }

    [GeneratedRegex(@"'(more_stories\.[a-z_.]+)'")]
    private static partial Regex Metric();

    [GeneratedRegex(@"customDimensions\['([a-z_.]+)'\]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?:outcome|state) == '([a-z-]+)'")]
    private static partial Regex Word();
}
