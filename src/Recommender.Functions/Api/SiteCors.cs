using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using Recommender.Sites;

namespace Recommender.Functions.Api;

/// <summary>Lets the scripts of a site's own origins read its lists, and of no other.</summary>
internal sealed class SiteCors(SiteCatalog sites) : ICorsPolicyProvider
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "site";

    private const string Any = "*";
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var query = context.Request.Query;
        var origins = sites.Find(query["site"], query["url"])?.AllowedOrigins ?? [];
        var builder = new CorsPolicyBuilder().WithMethods("GET", "HEAD").WithHeaders(HeaderNames.IfNoneMatch).WithExposedHeaders(HeaderNames.ETag).SetPreflightMaxAge(PreflightAge);
        if (origins.Contains(Any))
        {
            builder.AllowAnyOrigin();
        }
        else
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            builder.WithOrigins([.. origins]);
        }

        return Task.FromResult<CorsPolicy?>(builder.Build());
    }
}
