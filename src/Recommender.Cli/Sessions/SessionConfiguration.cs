using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Recommender.Tables;

namespace Recommender.Cli.Sessions;

/// <summary>Configuration of one command: files, then the environment, then the command line; the last to speak wins.</summary>
internal static class SessionConfiguration
{
    /// <summary>Id of the site when none is configured or named.</summary>
    public const string DefaultSite = "default";

    private const string StoreKey = $"{RecommenderOptions.Section}:{nameof(RecommenderOptions.Store)}";
    private const string SitesKey = $"{RecommenderOptions.Section}:{nameof(RecommenderOptions.Sites)}";

    /// <summary>The file in the user's data folder that is the store when nothing names another.</summary>
    public static string DefaultStorePath { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "more-stories", "stories.db");

    /// <summary>Reads it all.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="scratch">A store for this command alone, whatever is configured; null: the configured one.</param>
    /// <exception cref="CommandException">A file cannot be read, or an option makes no sense.</exception>
    public static (IConfigurationRoot Configuration, StoreAddress Store) Build(ParseResult arguments, StoreAddress? scratch = null)
    {
        var files = arguments.GetValue(GlobalOptions.Config) ?? [];
        var fromFiles = Read(files);
        var configured = new ConfigurationBuilder().AddConfiguration(fromFiles).AddEnvironmentVariables().Build();
        var store = scratch ?? Store(arguments, configured, fromFiles, files);

        var spoken = new Dictionary<string, string?> { [StoreKey] = store.Value.Length == 0 ? store.Kind : $"{store.Kind}:{store.Value}" };
        var sites = configured.GetSection(SitesKey).GetChildren().Select(site => site.Key).ToList();
        var named = arguments.GetValue(GlobalOptions.Site);
        if (sites.Count == 0)
        {
            sites = [named ?? DefaultSite];
            spoken[$"{SitesKey}:{sites[0]}:Name"] = sites[0];
        }

        foreach (var site in named is null ? sites : sites.Where(site => site == named))
        {
            Speak(spoken, $"{SitesKey}:{site}:Language", arguments.GetValue(GlobalOptions.Language));
            Speak(spoken, $"{SitesKey}:{site}:TimeZone", arguments.GetValue(GlobalOptions.TimeZone));
        }

        return (new ConfigurationBuilder().AddConfiguration(configured).AddInMemoryCollection(spoken).Build(), store);
    }

    private static IConfigurationRoot Read(IReadOnlyList<string> files)
    {
        var builder = new ConfigurationBuilder();
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw CommandException.Usage($"There is no configuration file '{file}'.");
            }

            builder.AddJsonFile(Path.GetFullPath(file));
        }

        try
        {
            return builder.Build();
        }
        catch (InvalidDataException unreadable)
        {
            throw CommandException.Usage($"{unreadable.Message} {unreadable.GetBaseException().Message}");
        }
    }

    private static StoreAddress Store(ParseResult arguments, IConfigurationRoot configured, IConfigurationRoot fromFiles, IReadOnlyList<string> files)
    {
        var text = arguments.GetValue(GlobalOptions.Store)
            ?? NotEmpty(Environment.GetEnvironmentVariable(GlobalOptions.StoreVariable))
            ?? NotEmpty(configured[StoreKey]);
        if (text is null)
        {
            return Path.IsPathRooted(DefaultStorePath)
                ? new StoreAddress(StoreAddress.Sqlite, DefaultStorePath)
                : throw CommandException.Usage("You have no folder for data here: say with --store where articles are kept.");
        }

        if (!StoreAddress.TryParse(text, out var address))
        {
            throw CommandException.Usage($"'{text}' is no store: write sqlite:PATH, azure or azure:ACCOUNT.");
        }

        // A path in a file is meant from that file's folder, as the application reads it.
        var isFromFile = text == fromFiles[StoreKey] && arguments.GetValue(GlobalOptions.Store) is null;
        return address.Kind == StoreAddress.Sqlite && isFromFile
            ? address with { Value = Path.GetFullPath(address.Value, Path.GetDirectoryName(Path.GetFullPath(files[^1]))!) }
            : address;
    }

    private static void Speak(Dictionary<string, string?> spoken, string key, string? value)
    {
        if (value is not null)
        {
            spoken[key] = value;
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
