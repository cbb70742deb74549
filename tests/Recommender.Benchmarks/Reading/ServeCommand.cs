using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Recommender.Benchmarks.Generating;
using Recommender.Cli;
using Recommender.Functions;
using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Benchmarks.Reading;

/// <summary>
/// The process that is measured: the application as in production over an SQLite file, and a bare Kestrel beside it. It is told what to do line by line and answers each; it ends with its input.
/// </summary>
internal sealed class ServeCommand : Command
{
    /// <summary>Its name on the command line.</summary>
    public const string CommandName = "serve";

    /// <summary>Line that has the bare server give from now on what the application has at the target behind it.</summary>
    public const string Copy = "copy ";

    /// <summary>Line that asks for point reads and other calls of the store so far.</summary>
    public const string Calls = "calls";

    private readonly Argument<string> store = new("store") { Description = "An SQLite file with generated articles." };

    /// <summary>Makes the command.</summary>
    public ServeCommand()
        : base(CommandName, "Serves what other benchmarks measure.")
    {
        Hidden = true;
        Add(store);
        SetAction(async (arguments, _) =>
        {
            await ServeAsync(arguments.GetRequiredValue(store));
            return ExitCode.Success;
        });
    }

    /// <summary>Settings of the application: a limit that is in force and not reached, no key, and no timer that would run meanwhile.</summary>
    public static Dictionary<string, string?> Settings(string store) => new()
    {
        ["Recommender:Store"] = $"sqlite:{store}",
        [$"Recommender:Sites:{GeneratedArticles.Site.Id}:Hosts:0"] = new Uri(HotPage.Origin).Host,
        [$"Recommender:Sites:{GeneratedArticles.Site.Id}:AllowedOrigins:0"] = HotPage.Origin,
        ["Access:ReadOnly"] = bool.TrueString,
        ["Triggers:Enabled"] = bool.FalseString,
        ["Api:RequestsPerSecond"] = "100000",
        ["Api:Burst"] = "100000",
    };

    private static async Task ServeAsync(string store)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Settings(store));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        RecommenderApp.Configure(builder);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Replace(ServiceDescriptor.Singleton<ITableStore>(services => new CountedStore(services.GetRequiredService<SqliteTableStore>())));
        await using var application = builder.Build();
        application.UseRecommender();
        await application.StartAsync();
        await using var bare = await BareKestrel.StartAsync();
        var address = new Uri(application.Urls.Single());
        await Console.Out.WriteLineAsync($"{address} {bare.Address}");

        var counts = (CountedStore)application.Services.GetRequiredService<ITableStore>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Copy, StringComparison.Ordinal))
            {
                await bare.CopyAsync(new Uri(address, line[Copy.Length..]));
            }

            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{counts.PointReads} {counts.Others}"));
        }
    }
}
