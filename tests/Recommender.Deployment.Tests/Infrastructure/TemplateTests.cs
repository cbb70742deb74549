using System.Text.Json;
using System.Text.RegularExpressions;
using Recommender.Deployment.Tests.Support;
using Recommender.Functions.Triggers;
using Recommender.Tables;

namespace Recommender.Deployment.Tests.Infrastructure;

/// <summary>What the compiled template says, and what it must never say.</summary>
public sealed partial class TemplateTests(CompiledTemplate template) : IClassFixture<CompiledTemplate>
{
    private const string StorageAccount = "Microsoft.Storage/storageAccounts";
    private const string App = "Microsoft.Web/sites";

    [SkippableFact]
    public void Every_file_compiles_without_a_warning_and_every_module_is_used()
    {
        Skip.If(template.Missing is not null, template.Missing);
        Assert.Equal("", template.Complaints);
        var main = Repository.Read("infra", "main.bicep");
        Assert.All(Directory.GetFiles(Repository.PathOf("infra", "modules"), "*.bicep"), file => Assert.Contains($"'modules/{Path.GetFileName(file)}'", main, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Storage_has_no_shared_keys_no_public_blobs_and_nothing_but_tls()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var account = Assert.Single(template.Resources(StorageAccount), resource => !IsExisting(resource)).GetProperty("properties");
        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(account.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
        Assert.All(template.Resources($"{StorageAccount}/blobServices/containers"), container => Assert.Equal("None", container.GetProperty("properties").GetProperty("publicAccess").GetString()));
    }

    [SkippableFact]
    public void The_app_takes_https_only_has_an_identity_and_no_password_for_publishing()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var app = Assert.Single(template.Resources(App));
        Assert.Equal("UserAssigned", app.GetProperty("identity").GetProperty("type").GetString());
        Assert.True(app.GetProperty("properties").GetProperty("httpsOnly").GetBoolean());
        Assert.Equal("1.2", app.GetProperty("properties").GetProperty("siteConfig").GetProperty("minTlsVersion").GetString());
        var package = app.GetProperty("properties").GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage");
        Assert.Equal("UserAssignedIdentity", package.GetProperty("authentication").GetProperty("type").GetString());
        var policies = template.Resources($"{App}/basicPublishingCredentialsPolicies");
        Assert.Equal(2, policies.Count);
        Assert.All(policies, policy => Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
        Assert.True(Assert.Single(template.Resources("Microsoft.Insights/components"), resource => !IsExisting(resource)).GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
    }

    [SkippableFact]
    public void Nothing_asks_for_a_key_or_holds_one()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var text = template.Root.GetRawText();
        Assert.DoesNotMatch(Keys(), text);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("infra"), "*", SearchOption.AllDirectories).Append(Repository.PathOf("azure.yaml")))
        {
            Assert.DoesNotMatch(Secrets(), File.ReadAllText(file));
        }
    }

    [SkippableFact]
    public void Each_role_is_given_on_one_resource_and_none_is_more_than_it_has_to_be()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var assignments = template.Resources("Microsoft.Authorization/roleAssignments");
        Assert.Equal(3, assignments.Count);
        Assert.All(assignments, assignment => Assert.True(assignment.TryGetProperty("scope", out _), assignment.GetProperty("name").GetString()));

        var ids = Guids().Matches(Repository.Read("infra", "modules", "roles.bicep")).Select(match => match.Value).ToHashSet();
        Assert.Equal(
            new HashSet<string>
            {
                "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
                "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
                "974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
                "3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
            },
            ids);
    }

    [SkippableFact]
    public void The_tables_are_those_of_the_engine()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var names = Regex.Match(Repository.Read("infra", "modules", "storage.bicep"), @"var tableNames = \[([^\]]*)\]").Groups[1].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.Trim('\''));
        Assert.Equal(TableNames.All, names);
    }

    [SkippableFact]
    public void The_queues_are_those_of_the_manifests()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var queues = FunctionManifest.ReadAll(Repository.PathOf("src", "Recommender.Functions", "functions")).Select(manifest => manifest.Queue).OfType<string>();
        Assert.Contains($"var queueNames = [ {string.Join(", ", queues.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))} ]", Repository.Read("infra", "modules", "storage.bicep"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Parameters_that_azd_gives_are_the_templates_and_outputs_that_hooks_take_are_there()
    {
        Skip.If(template.Missing is not null, template.Missing);
        var parameters = template.Root.GetProperty("parameters");
        using var given = JsonDocument.Parse(Repository.Read("infra", "main.parameters.json"));
        Assert.All(given.RootElement.GetProperty("parameters").EnumerateObject(), parameter => Assert.True(parameters.TryGetProperty(parameter.Name, out _), parameter.Name));
        Assert.All(
            parameters.EnumerateObject().Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)),
            parameter => Assert.True(given.RootElement.GetProperty("parameters").TryGetProperty(parameter.Name, out _), parameter.Name));
        Assert.All(parameters.EnumerateObject(), parameter => Assert.True(parameter.Value.GetProperty("metadata").TryGetProperty("description", out _), parameter.Name));

        var outputs = template.Root.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToHashSet();
        foreach (var hook in Directory.GetFiles(Repository.PathOf("infra", "hooks"), "*.sh"))
        {
            var wanted = Required().Matches(File.ReadAllText(hook)).Select(match => match.Groups[1].Value);
            Assert.All(wanted, name => Assert.Contains(name, outputs));
        }

        var workflow = Repository.Read(".github", "workflows", "deploy.yml");
        Assert.All(Passed().Matches(workflow).Select(match => match.Groups[1].Value), name => Assert.True(parameters.TryGetProperty(name, out _), name));
    }

    private static bool IsExisting(JsonElement resource) => resource.TryGetProperty("existing", out var existing) && existing.GetBoolean();

    [GeneratedRegex("listKeys|listAccountSas|listServiceSas|listConnectionStrings|AccountKey|SharedAccessKey|securestring", RegexOptions.IgnoreCase)]
    private static partial Regex Keys();

    [GeneratedRegex("AccountKey=[^<]|SharedAccessSignature|sig=[A-Za-z0-9%]{20}|[A-Za-z0-9+/]{86}==|BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex Secrets();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Guids();

    [GeneratedRegex(@"\$\{([A-Z_]+):\?\}")]
    private static partial Regex Required();

    [GeneratedRegex(@"([a-z][A-Za-z]+)=""\$[A-Z_]+""")]
    private static partial Regex Passed();
}
