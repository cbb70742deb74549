using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Recommender.Functions.Access.SignIn;

/// <summary>
/// How people come to the desk: by a session in a cookie, which a provider's or, in Development, one's own word begins. API keys open nothing of the desk, and cookies nothing of the API.
/// </summary>
public static class DeskAccess
{
    /// <summary>Policy: signed in, as editor or operator.</summary>
    public const string Any = "desk";

    /// <summary>Policy: may decide about lists.</summary>
    public const string Editor = "desk-editor";

    /// <summary>Policy: may start runs.</summary>
    public const string Operator = "desk-operator";

    /// <summary>Whether there is a way to sign in at all.</summary>
    public static bool IsOpen(IConfiguration configuration, IHostEnvironment environment) => environment.IsDevelopment() || HasProvider(configuration);

    /// <summary>Whether a provider is configured.</summary>
    public static bool HasProvider(IConfiguration configuration) => configuration[$"{SignInOptions.Section}:{nameof(SignInOptions.Authority)}"] is { Length: > 0 };

    /// <summary>Adds sessions, the provider and the policies.</summary>
    public static IServiceCollection AddDeskAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName("more-stories");
        services.AddSingleton<TableKeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, TableKeyRingSetup>();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>, AntiforgerySetup>();

        var authentication = services.AddAuthentication().AddCookie(DeskSession.Scheme);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, DeskSession>();
        if (HasProvider(configuration))
        {
            authentication.AddOpenIdConnect(ProviderSetup.Scheme, _ => { });
            services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderSetup>();
            services.AddSingleton<ClientProof>();
            services.AddSingleton<TokenCredential>(_ => configuration[$"{SignInOptions.Section}:{nameof(SignInOptions.FederatedIdentity)}"] is { Length: > 0 } and not "system" and var identity
                ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(identity))
                : new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned));
        }

        services.AddAuthorizationBuilder()
            .AddPolicy(Any, policy => policy.AddAuthenticationSchemes(DeskSession.Scheme).RequireRole(DeskSession.EditorRole, DeskSession.OperatorRole))
            .AddPolicy(Editor, policy => policy.AddAuthenticationSchemes(DeskSession.Scheme).RequireRole(DeskSession.EditorRole))
            .AddPolicy(Operator, policy => policy.AddAuthenticationSchemes(DeskSession.Scheme).RequireRole(DeskSession.OperatorRole));
        return services;
    }
}
