using System.ComponentModel.DataAnnotations;

namespace Recommender.Functions.Access.SignIn;

/// <summary>Who tells who an editor is: an OpenID Connect provider such as Microsoft Entra ID. Section <c>Desk:SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Desk:SignIn";

    /// <summary>The provider's issuer, such as <c>https://login.microsoftonline.com/TENANT/v2.0</c>. Default: none, and so no desk outside Development.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this application. Its redirect URI there is <c>/desk/_sign-in/callback</c>.</summary>
    public string? ClientId { get; set; }

    /// <summary>What proves to the provider that it is this application. Default: none, for a public client or <see cref="FederatedIdentity"/>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// Instead of a secret: the client id of a user-assigned managed identity, or <c>system</c>, whose token for <c>api://AzureADTokenExchange</c> is the proof (a federated credential in Entra ID).
    /// </summary>
    public string? FederatedIdentity { get; set; }

    /// <summary>The claim that has the roles. Default: roles.</summary>
    [Required]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>The claim that has the name which colleagues know, written into every audit entry. Default: name.</summary>
    [Required]
    public string NameClaim { get; set; } = "name";

    /// <summary>What the provider calls the role that may decide about lists. Default: editor.</summary>
    [Required]
    public string EditorRole { get; set; } = "editor";

    /// <summary>What the provider calls the role that may start runs. Default: operator.</summary>
    [Required]
    public string OperatorRole { get; set; } = "operator";
}
