using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Recommender.Functions.Access;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Functions;

/// <summary>Tells a developer who started the application where to look.</summary>
internal sealed class WelcomeBanner(
    IServer server, ITableStore store, SiteCatalog sites, MoreStoriesService lists, DevelopmentKey key) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prints, once the server listens.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var site = sites.All is [var first, ..] ? first : null;
        var latest = site is null ? [] : (await lists.LatestAsync(site, null, 1, cancellation: cancellationToken)).Items;
        await Console.Out.WriteLineAsync($"""

            More Stories is listening on {address}

              Demo newspaper   {address}/demo
              A list           {address}/api/more-stories?url={(latest is [var newest, ..] ? newest.Card.Url : "")}
              API reference    {address}/docs
              Tables           {store.Description}
              API key          {key.Value}   (all scopes; kept in {Path.GetRelativePath(Environment.CurrentDirectory, key.Path)})

            Press Ctrl+C to stop.

            """);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
