using Microsoft.Extensions.Options;
using Recommender.Functions.Access.SignIn;
using Recommender.Functions.Desk.Audit;
using Recommender.Functions.Desk.Index;
using Recommender.Functions.Desk.Overview;
using Recommender.Functions.Desk.Pages;
using Recommender.Functions.Desk.Schedule;
using Recommender.Functions.Desk.SignIn;
using Recommender.Functions.Desk.Text;

namespace Recommender.Functions.Desk;

/// <summary>The editors' desk at <c>/desk</c>: pages rendered on the server, which work without script.</summary>
/// <remarks>
/// A page is added in four steps. (1) A component that inherits <see cref="DeskPage"/> and wraps its content in <see cref="DeskShell"/>. (2) A static class with an extension method that maps its addresses on the
/// group of a site, such as <c>desk.MapGet("/pages/{id}", …)</c> for <c>/desk/{site}/pages/{id}</c>; its handlers take a <see cref="DeskRequest"/> and return <see cref="DeskResults.Page{T}"/>, or after a post
/// <see cref="DeskResults.Done"/>. (3) A line in <see cref="MapDesk"/> that calls it on the group of the role it is for. (4) Each form has <c>&lt;AntiforgeryToken /&gt;</c>. Headers, sign-in, roles, the origin and
/// the token of every post, the site and the message after a post are taken care of before a handler runs. Styles and modules are files under <c>Desk</c>, named in <c>DeskShell</c>'s Styles and Modules.
/// </remarks>
public static class DeskServices
{
    /// <summary>What the paths of the desk begin with.</summary>
    public const string Root = "/desk";

    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeskOptions>().Bind(configuration.GetSection(DeskOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeskOptions>, DeskOptionsRanges>();
        services.AddSingleton<IValidateOptions<DeskOptions>, DeskOptionsValidator>();
        services.AddSingleton<DeskAssets>();
        services.AddSingleton<DeskFlash>();
        services.AddSingleton<StorySearch>();
        services.AddSingleton<PageDesk>();
        services.AddDeskAccess(configuration);
        return services;
    }

    /// <summary>Maps the desk; a page that says why not, where nobody could sign in.</summary>
    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        var (configuration, environment) = (endpoints.ServiceProvider.GetRequiredService<IConfiguration>(), endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>());
        var root = endpoints.MapGroup(Root).WithMetadata(DeskEndpoint.Instance).DisableAntiforgery().ExcludeFromDescription();
        root.MapAssets();
        if (!DeskAccess.IsOpen(configuration, environment))
        {
            root.MapMethods("/{*path}", [HttpMethods.Get, HttpMethods.Post], () => DeskResults.Closed());
            return;
        }

        root.MapSignIn(DeskAccess.HasProvider(configuration));
        root.MapFrontDoor();
        var site = root.MapGroup("/{site}");
        var anybody = site.MapGroup("").RequireAuthorization(DeskAccess.Any);
        anybody.MapOverview();
        anybody.MapAuditPages();
        var editors = site.MapGroup("").RequireAuthorization(DeskAccess.Editor);
        editors.MapIndex();
        editors.MapPages();
        editors.MapReversion();
        editors.MapSchedule();
        editors.MapText();
        var operators = site.MapGroup("").RequireAuthorization(DeskAccess.Operator);
        operators.MapOperations();
        root.MapGet("/{*path}", () => DeskResults.Missing()).RequireAuthorization(DeskAccess.Any).WithOrder(int.MaxValue);
    }
}

/// <summary>Marks what belongs to the desk, so that <see cref="DeskGuard"/> watches over it.</summary>
internal sealed class DeskEndpoint
{
    public static DeskEndpoint Instance { get; } = new();
}
