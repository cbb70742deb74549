using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Recommender.Deployment.Tests.Support;

namespace Recommender.Deployment.Tests.Infrastructure;

/// <summary>infra/main.bicep as the compiler makes it of all modules.</summary>
public sealed class CompiledTemplate : IAsyncLifetime
{
    /// <summary>Why there is none; null when there is.</summary>
    public string? Missing { get; private set; }

    /// <summary>What the compiler complained of.</summary>
    public string Complaints { get; private set; } = "";

    /// <summary>The whole template; nested ones inside.</summary>
    public JsonElement Root { get; private set; }

    /// <summary>All resources of that type, of the modules too.</summary>
    public IReadOnlyList<JsonElement> Resources(string type) => [.. All(Root).Where(resource => resource.GetProperty("type").GetString()!.Equals(type, StringComparison.OrdinalIgnoreCase))];

    /// <summary>All resources.</summary>
    public IReadOnlyList<JsonElement> Resources() => [.. All(Root)];

    public async Task InitializeAsync()
    {
        var compiler = typeof(CompiledTemplate).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Bicep").Value!;
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 || !File.Exists(compiler))
        {
            Missing = "The Bicep compiler that the tests bring is for Linux on x64.";
            return;
        }

        // Packages lose the bit that makes a file a program.
        File.SetUnixFileMode(compiler, File.GetUnixFileMode(compiler) | UnixFileMode.UserExecute);
        var result = (await Command.RunAsync(compiler, "build", Repository.PathOf("infra", "main.bicep"), "--stdout")).Succeeded();
        Complaints = result.Errors;
        Root = JsonDocument.Parse(result.Output).RootElement;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static IEnumerable<JsonElement> All(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        IEnumerable<JsonElement> list = resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(entry => entry.Value);
        foreach (var resource in list)
        {
            if (resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            {
                foreach (var inner in All(resource.GetProperty("properties").GetProperty("template")))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return resource;
            }
        }
    }
}
