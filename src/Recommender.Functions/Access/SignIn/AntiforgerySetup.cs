using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace Recommender.Functions.Access.SignIn;

/// <summary>The token that every form of the desk carries, and the cookie it belongs to.</summary>
internal sealed class AntiforgerySetup : IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(AntiforgeryOptions options)
    {
        options.Cookie = new HostCookie("desk-form");
        options.FormFieldName = "__token";
        options.HeaderName = "X-Desk-Token";

        // The desk sets a stricter rule for who may frame it.
        options.SuppressXFrameOptionsHeader = true;
    }
}
