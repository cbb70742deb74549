using Microsoft.Extensions.Options;

namespace Recommender.Functions.Access;

/// <summary>A key for the developer's own machine: made once, kept in a file that only its owner can read, and open to every scope. Never outside Development.</summary>
internal sealed class DevelopmentKey : IPostConfigureOptions<AccessOptions>
{
    private const string Name = "developer";
    private readonly Lazy<string> key;

    public DevelopmentKey(IHostEnvironment environment)
    {
        Path = System.IO.Path.Combine(environment.ContentRootPath, ".store", "development.key");
        key = new Lazy<string>(ReadOrMake);
    }

    public string Path { get; }

    public string Value => key.Value;

    public void PostConfigure(string? name, AccessOptions options)
    {
        if (options.Keys.Count == 0 && !options.ReadOnly)
        {
            options.Keys.Add(new ApiKeyOptions { Name = Name, Hash = ApiKey.Hash(Value), Scopes = [.. AccessServices.Scopes] });
        }
    }

    private string ReadOrMake()
    {
        if (File.Exists(Path) && File.ReadAllText(Path).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var made = ApiKey.Generate();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(Path, options);
        writer.WriteLine(made);
        return made;
    }
}
