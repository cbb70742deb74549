using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Recommender.Functions.Access;

/// <summary>Registers API keys and what they open.</summary>
public static class AccessServices
{
    /// <summary>Name of the scope and authorization policy for a CMS: articles in and out.</summary>
    public const string Articles = "articles";

    /// <summary>Name of the scope and authorization policy for editors: overrides and audit.</summary>
    public const string Editor = "editor";

    /// <summary>Name of the scope and authorization policy for operators: runs.</summary>
    public const string Ops = "ops";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [Articles, Editor, Ops];

    /// <summary>Adds authentication by API key and the policies <see cref="Articles"/>, <see cref="Editor"/> and <see cref="Ops"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        if (environment.IsDevelopment())
        {
            services.AddSingleton<DevelopmentKey>();
            services.AddSingleton<IPostConfigureOptions<AccessOptions>>(provider => provider.GetRequiredService<DevelopmentKey>());
        }

        // Keys need none of the data protection that AddAuthentication brings for cookies.
        services.AddAuthenticationCore(options => options.DefaultScheme = ApiKeyAuthentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in Scopes)
        {
            authorization.AddPolicy(scope, policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName).RequireClaim(ApiKeyAuthentication.ScopeClaim, scope));
        }

        return services;
    }

    /// <summary>Authenticates and authorizes requests.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
