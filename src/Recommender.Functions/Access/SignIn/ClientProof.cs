using Azure.Core;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Recommender.Functions.Desk;

namespace Recommender.Functions.Access.SignIn;

/// <summary>Proves to the provider, where a code is redeemed, that it is this application: by a managed identity's token in place of a secret that somebody has to keep and renew.</summary>
internal sealed class ClientProof(IOptions<DeskOptions> desk, TokenCredential identity)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TokenRequestContext Exchange = new(["api://AzureADTokenExchange/.default"]);

    /// <summary>Adds the token, when an identity is configured.</summary>
    public async Task AddAsync(AuthorizationCodeReceivedContext context)
    {
        if (desk.Value.SignIn.FederatedIdentity is null)
        {
            return;
        }

        OpenIdConnectMessage request = context.TokenEndpointRequest!;
        request.ClientAssertionType = AssertionType;
        request.ClientAssertion = (await identity.GetTokenAsync(Exchange, context.HttpContext.RequestAborted)).Token;
    }
}
