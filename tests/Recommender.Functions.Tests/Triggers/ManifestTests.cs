using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cronos;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;
using Recommender.Functions.Triggers.Queues;
using Recommender.Reindexing;

namespace Recommender.Functions.Tests.Triggers;

/// <summary>Only what a manifest names is reachable behind the Functions host, and what it names must be there.</summary>
public sealed partial class ManifestTests
{
    private static readonly IReadOnlyList<FunctionManifest> Manifests = FunctionManifest.ReadAll(FunctionManifest.Folder);
    private static readonly FunctionManifest[] Http = [.. Manifests.Where(manifest => manifest.Trigger == FunctionManifest.Http)];

    [Fact]
    public void Every_endpoint_has_a_manifest_with_its_methods_and_every_manifest_an_endpoint()
    {
        using var deployment = Deployment.Start(("Demo:Enabled", "true"), ("Recommender:Sites:courier:Hosts:0", "courier.example"));
        var endpoints = deployment.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var wrong = new List<string>();
        var found = Http.ToDictionary(manifest => manifest.Name, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var endpoint in endpoints)
        {
            var route = Normal(endpoint.RoutePattern);
            if (Http.Where(manifest => Covers(Normal(RoutePatternFactory.Parse(manifest.Route)), route)).MaxBy(manifest => manifest.Route.Length) is not { } manifest)
            {
                wrong.Add($"'{endpoint.RoutePattern.RawText}' ({endpoint.DisplayName}) has no manifest.");
                continue;
            }

            wrong.AddRange(endpoint.RoutePattern.ParameterPolicies.Count == 0 ? [] : [$"'{endpoint.RoutePattern.RawText}' has constraints, which the host would not know."]);
            found[manifest.Name].UnionWith(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => method.ToLowerInvariant()) ?? ["any method"]);
        }

        foreach (var manifest in Http)
        {
            var named = manifest.Methods.Order(StringComparer.Ordinal);
            wrong.AddRange(found[manifest.Name].SequenceEqual(named) ? [] : [$"The manifest {manifest.Name} ({manifest.Route}) has {string.Join(' ', named)}, mapped is {string.Join(' ', found[manifest.Name])}."]);
        }

        Assert.Empty(wrong);
        Assert.NotEmpty(endpoints);
    }

    [Fact]
    public void Every_timer_has_a_job_and_every_job_a_timer()
    {
        using var deployment = Deployment.Start();

        Assert.Equal(
            deployment.Services.GetServices<IJob>().Select(job => job.Name).Order(StringComparer.Ordinal),
            Manifests.Where(manifest => manifest.Trigger == FunctionManifest.Timer).Select(manifest => manifest.Name));
    }

    [Fact]
    public void Orders_come_by_the_queue_that_they_are_put_into_and_what_cannot_be_done_by_the_one_that_the_host_makes_of_it() => Assert.Equal(
        [(QueuedRuns.GiveUp, OrderQueue.Name + "-poison"), (QueuedRuns.Run, OrderQueue.Name)],
        Manifests.Where(manifest => manifest.Trigger == FunctionManifest.QueueTrigger).Select(manifest => (manifest.Name, manifest.Queue!)));

    [Fact]
    public void An_order_comes_again_when_the_lease_of_who_died_at_it_has_run_out()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var again = host.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("visibilityTimeout").GetString()!;
        Assert.True(TimeSpan.Parse(again, CultureInfo.InvariantCulture) > LeaseTable.Term);
    }

    [Fact]
    public void Routes_are_such_as_the_host_takes()
    {
        Assert.All(Http, manifest => Assert.DoesNotMatch("^(/|admin|runtime)", manifest.Route));
        Assert.All(Http, manifest => Assert.Empty(RoutePatternFactory.Parse(manifest.Route).ParameterPolicies));
        Assert.Equal(Http.Length, Http.Select(manifest => Normal(RoutePatternFactory.Parse(manifest.Route))).Distinct().Count());
        Assert.All(Manifests, manifest => Assert.Matches(FunctionName(), manifest.Name));
        Assert.Equal(Manifests.Count, Manifests.Select(manifest => manifest.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Bindings_are_such_as_a_handler_that_gets_whole_requests_needs()
    {
        Assert.All(Manifests, manifest =>
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(FunctionManifest.Folder, manifest.Name, "function.json")));
            var bindings = json.RootElement.GetProperty("bindings").EnumerateArray().ToList();
            Assert.Equal("in", bindings[0].GetProperty("direction").GetString());
            if (manifest.Trigger == FunctionManifest.Http)
            {
                // The host hands a request on as it is only when there is one trigger and one answer, and nothing else.
                Assert.Equal(2, bindings.Count);
                Assert.Equal(("req", "anonymous"), (bindings[0].GetProperty("name").GetString(), bindings[0].GetProperty("authLevel").GetString()));
                Assert.Equal(("http", "out", "res"), (bindings[1].GetProperty("type").GetString(), bindings[1].GetProperty("direction").GetString(), bindings[1].GetProperty("name").GetString()));
                Assert.NotEmpty(manifest.Methods);
            }
            else if (manifest.Trigger == FunctionManifest.QueueTrigger)
            {
                Assert.Single(bindings);
                Assert.Equal("AzureWebJobsStorage", bindings[0].GetProperty("connection").GetString());
            }
            else
            {
                Assert.Single(bindings);
                Assert.Equal(6, manifest.Schedule!.Split(' ').Length);
                Assert.NotNull(CronExpression.Parse(manifest.Schedule, CronFormat.IncludeSeconds).GetNextOccurrence(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc));
            }
        });
    }

    [Theory]
    [InlineData("""{ "bindings": [] }""")]
    [InlineData("""{ "bindings": [ { "type": "httpTrigger" }, { "type": "timerTrigger" } ] }""")]
    [InlineData("""{ "bindings": [ { "type": "http" } ] }""")]
    [InlineData("{}")]
    [InlineData("{")]
    public void A_manifest_without_one_trigger_is_refused_by_name(string json)
    {
        var folder = Directory.CreateTempSubdirectory("manifests-");
        var path = Path.Combine(folder.CreateSubdirectory("Broken").FullName, "function.json");
        File.WriteAllText(path, json);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => FunctionManifest.ReadAll(folder.FullName)).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    // A route as it matches: what its parameters are called makes no difference.
    private static string Normal(RoutePattern route) => string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternParameterPart { IsCatchAll: true } => "{*}",
        RoutePatternParameterPart => "{}",
        RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException($"'{route.RawText}' has a part of an unknown kind."),
    }))));

    private static bool Covers(string manifest, string route) =>
        manifest == route || (manifest.EndsWith("/{*}", StringComparison.Ordinal) && $"{route}/".StartsWith(manifest[..^3], StringComparison.Ordinal));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex FunctionName();
}
