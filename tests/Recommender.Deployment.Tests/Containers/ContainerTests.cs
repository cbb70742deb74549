using System.Text.RegularExpressions;
using Recommender.Deployment.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Recommender.Deployment.Tests.Containers;

/// <summary>What the image and the composition say. Building them needs a container engine, which is not everywhere that tests run.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Dockerfile = Repository.Read("Dockerfile");

    [Fact]
    public void The_image_is_chiselled_runs_as_nobody_special_and_keeps_data_in_a_volume_that_is_its_own()
    {
        var final = Dockerfile[Dockerfile.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];
        Assert.Matches(@"^\nFROM mcr\.microsoft\.com/dotnet/aspnet:10\.0-[a-z]+-chiseled-extra\n", final);
        Assert.Contains("\nUSER 1654\n", final, StringComparison.Ordinal);
        Assert.Contains("--chown=1654:1654 /data /data", final, StringComparison.Ordinal);
        Assert.Contains("\nVOLUME /data\n", final, StringComparison.Ordinal);

        // There is no shell in it, so nothing may need one.
        Assert.DoesNotMatch(@"\nRUN ", final);
        Assert.All(Started().Matches(final), match => Assert.StartsWith("[\"dotnet\", \"/app/Recommender.Functions.dll\"", match.Groups[1].Value, StringComparison.Ordinal));
        Assert.Equal(2, Started().Count(final));
        Assert.Contains("\"--health\"]", final, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_into_the_build_is_there_and_is_not_ignored()
    {
        var copied = Copied().Match(Dockerfile).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ignore = Repository.Read(".dockerignore").Split('\n');
        Assert.NotEmpty(copied);
        Assert.All(copied.Append("src/"), name =>
        {
            Assert.True(Path.Exists(Repository.PathOf(name)), name);
            Assert.Contains($"!{name}", ignore);
        });
        Assert.Contains("*", ignore);
    }

    [Fact]
    public void The_composition_starts_the_newspaper_when_the_emulator_answers_and_publishes_ports_to_this_machine_only()
    {
        var compose = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(Repository.Read("compose.yaml")))));
        var services = (Dictionary<object, object>)compose["services"];
        Assert.Equal(["azurite", "newspaper", "newspaper-on-sqlite"], services.Keys.Cast<string>().Order(StringComparer.Ordinal));
        foreach (var name in new[] { "newspaper", "newspaper-on-sqlite" })
        {
            var service = (Dictionary<object, object>)services[name];
            var environment = (Dictionary<object, object>)service["environment"];
            Assert.Equal("true", service["read_only"]);
            Assert.All((List<object>)service["ports"], port => Assert.StartsWith("127.0.0.1:", (string)port, StringComparison.Ordinal));
            Assert.Equal(("true", "courier.example"), (environment["Demo__Enabled"], environment["Recommender__Sites__courier__Hosts__0"]));
        }

        var needs = (Dictionary<object, object>)((Dictionary<object, object>)((Dictionary<object, object>)services["newspaper"])["depends_on"])["azurite"];
        Assert.Equal("service_healthy", needs["condition"]);
        Assert.True(((Dictionary<object, object>)services["azurite"]).ContainsKey("healthcheck"));
    }

    [GeneratedRegex(@"(?:CMD|ENTRYPOINT) (\[.*\])")]
    private static partial Regex Started();

    [GeneratedRegex(@"\nCOPY (.+) \./\nCOPY src/ src/\n")]
    private static partial Regex Copied();
}
