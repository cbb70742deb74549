using System.Security.Cryptography;
using System.Text;
using Recommender.Deployment.Tests.Support;

namespace Recommender.Deployment.Tests.Infrastructure;

/// <summary>What runs around provisioning, with programs in the place of those that need a subscription.</summary>
public sealed class HookTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-hooks-");

    [Fact]
    public async Task The_key_is_shown_once_and_only_its_hash_is_kept()
    {
        var kept = Path.Combine(folder.FullName, "kept");
        Program("azd", $"echo \"$@\" > '{kept}'");

        var first = (await RunAsync("preprovision.sh", ("MORE_STORIES_KEY_HASH", null))).Succeeded();
        var key = first.Output.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.Length == 64);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var again = (await RunAsync("preprovision.sh", ("MORE_STORIES_KEY_HASH", hash))).Succeeded();

        Assert.Equal($"env set MORE_STORIES_KEY_HASH {hash}\n", await File.ReadAllTextAsync(kept));
        Assert.Equal("", again.Output);
    }

    [Theory]
    [InlineData("courier", "", "src/Recommender.Functions/Newsroom/articles.jsonl")]
    [InlineData("gazette", "https://gazette.example/feed.xml,https://gazette.example/news.xml", "https://gazette.example/feed.xml https://gazette.example/news.xml")]
    [InlineData("gazette", "", null)]
    public async Task The_first_site_is_seeded_and_its_addresses_are_printed(string site, string feeds, string? sources)
    {
        var asked = Path.Combine(folder.FullName, "asked");
        Program("curl", "exit 0");
        Program("dotnet", $"echo \"$@\" >> '{asked}'");

        var result = (await RunAsync(
            "postdeploy.sh",
            ("MORE_STORIES_URL", "https://func-x.azurewebsites.example"),
            ("MORE_STORIES_SITE_ID", site),
            ("MORE_STORIES_SITE_FEEDS", feeds),
            ("AZURE_STORAGE_ACCOUNT", "stx"))).Succeeded();

        Assert.Equal(
            sources is null ? "" : $"run --project src/Recommender.Cli -c Release -- index {sources} --store azure:stx --site {site}\n",
            File.Exists(asked) ? await File.ReadAllTextAsync(asked) : "");
        Assert.Contains("https://func-x.azurewebsites.example/widget.js", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_hook_is_there_and_may_be_run()
    {
        var project = Repository.Read("azure.yaml");
        Assert.Contains("project: src/Recommender.Worker", project, StringComparison.Ordinal);
        foreach (var hook in new[] { "preprovision", "postdeploy" })
        {
            Assert.Contains($"run: infra/hooks/{hook}.sh", project, StringComparison.Ordinal);
        }

        Assert.All(Directory.GetFiles(Repository.PathOf("infra", "hooks")), file => Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), file));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<Command> RunAsync(string hook, params (string Name, string? Value)[] environment) => Command.RunAsync(
        environment.Append(("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}")).ToDictionary(), "sh", Repository.PathOf("infra", "hooks", hook));

    private void Program(string name, string script)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
