using System.Security.Claims;
using Recommender.Functions.Access.SignIn;

namespace Recommender.Functions.Desk;

/// <summary>Who is signed in.</summary>
/// <param name="Name">What colleagues know; what the audit says. At most 100 characters.</param>
/// <param name="Account">What tells two of one name apart, such as an address; empty when unknown.</param>
/// <param name="IsEditor">Whether this person may decide about lists.</param>
/// <param name="IsOperator">Whether this person may start runs.</param>
public sealed record DeskEditor(string Name, string Account, bool IsEditor, bool IsOperator)
{
    /// <summary>The person of a session; null when nobody is signed in.</summary>
    public static DeskEditor? Of(ClaimsPrincipal person) => person.Identity is not { IsAuthenticated: true, AuthenticationType: DeskSession.Scheme } ? null : new DeskEditor(
        person.Identity.Name ?? "",
        person.FindFirstValue(DeskSession.AccountClaim) ?? "",
        person.IsInRole(DeskSession.EditorRole),
        person.IsInRole(DeskSession.OperatorRole));
}
