using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Recommender.Functions.Desk;

/// <summary>Answers of the desk.</summary>
internal static class DeskResults
{
    /// <summary>A page.</summary>
    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="status">400 for a form with mistakes, 409 for a conflict, and so on.</param>
    public static IResult Page<T>(Dictionary<string, object?>? parameters = null, int status = StatusCodes.Status200OK)
        where T : IComponent => new RazorComponentResult<T>(parameters ?? []) { PreventStreamingRendering = true, StatusCode = status };

    /// <summary>After a post that did something: shows <paramref name="path"/>, which may end in <c>#place</c> to return to, with a message for eyes and screen readers.</summary>
    public static IResult Done(HttpContext context, string path, string message) => Say(context, path, new DeskMessage(message, false));

    /// <summary>After a post that could not do what it was to do, where no form can keep the input.</summary>
    public static IResult Failed(HttpContext context, string path, string message) => Say(context, path, new DeskMessage(message, true));

    /// <summary>A page that says something and leads on.</summary>
    public static IResult Notice(int status, string title, string text) => Page<NoticePage>(
        new() { [nameof(NoticePage.Title)] = title, [nameof(NoticePage.Text)] = text, [nameof(NoticePage.ShowsFrontDoor)] = true }, status);

    /// <summary>404 where the desk has nothing.</summary>
    public static IResult Missing() => Notice(StatusCodes.Status404NotFound, "Not on this desk", "There is nothing at this address. It may have been mistyped, or what it named was taken away.");

    /// <summary>403 for somebody whose role does not open this.</summary>
    public static IResult Denied(HttpContext context)
    {
        var who = DeskEditor.Of(context.User);
        return who is { IsEditor: false, IsOperator: false }
            ? Notice(StatusCodes.Status403Forbidden, "You have no role here", "You are signed in, but neither as editor nor as operator. Whoever looks after accounts can give you one of these roles; sign out and in again after that.")
            : Notice(StatusCodes.Status403Forbidden, "Not for your role", $"This needs the role {(who is { IsEditor: true } ? "operator" : "editor")}, which your account has not.");
    }

    /// <summary>404 where nobody could sign in.</summary>
    public static IResult Closed() => Page<NoticePage>(
        new()
        {
            [nameof(NoticePage.Title)] = "The desk is closed",
            [nameof(NoticePage.Text)] = "No sign-in is configured, so nobody could come in. Whoever runs this application opens the desk with the settings Desk:SignIn:Authority and Desk:SignIn:ClientId.",
        },
        StatusCodes.Status404NotFound);

    private static StatusCodeHttpResult Say(HttpContext context, string path, DeskMessage message)
    {
        context.RequestServices.GetRequiredService<DeskFlash>().Keep(context, message);
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
