using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Recommender.Functions.Access.SignIn;

namespace Recommender.Functions.Desk;

/// <summary>What a page says once, about what was just done.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="IsProblem">Whether something did not go as wanted.</param>
public sealed record DeskMessage(string Text, bool IsProblem);

/// <summary>Keeps a message from a post to the page that follows it: in a cookie, encrypted so that nobody can put words into the desk's mouth, which that page takes away.</summary>
internal sealed class DeskFlash(IDataProtectionProvider protection, TimeProvider time)
{
    private const int LongestText = 1000;
    private readonly HostCookie cookie = new("desk-said");
    private readonly IDataProtector protector = protection.CreateProtector(nameof(DeskFlash));

    /// <summary>Keeps a message.</summary>
    public void Keep(HttpContext context, DeskMessage message)
    {
        var text = message.Text.Length > LongestText ? message.Text[..LongestText] + "…" : message.Text;
        var bytes = Encoding.UTF8.GetBytes((message.IsProblem ? '!' : '.') + text);
        context.Response.Cookies.Append(cookie.Name!, WebEncoders.Base64UrlEncode(protector.Protect(bytes)), cookie.Build(context, time.GetUtcNow()));
    }

    /// <summary>Takes the message, if there is one.</summary>
    public DeskMessage? Take(HttpContext context)
    {
        if (context.Request.Cookies[cookie.Name!] is not { Length: > 0 } kept)
        {
            return null;
        }

        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context, time.GetUtcNow()));
        try
        {
            var text = Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(kept)));
            return new DeskMessage(text[1..], text[0] == '!');
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
