namespace Recommender.Functions.Access.SignIn;

/// <summary>
/// A cookie that only this host set, over TLS, and no script can read: what browsers promise for names that begin with <c>__Host-</c>. Browsers take loopback for as safe as TLS, so a developer's machine needs no
/// certificate.
/// </summary>
internal sealed class HostCookie : CookieBuilder
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "__Host-";

    /// <summary>Makes one of that name.</summary>
    public HostCookie(string name)
    {
        Name = Prefix + name;
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Lax;
        IsEssential = true;

        // Antiforgery refuses plain requests if told Always; what the cookie needs is set below.
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    /// <inheritdoc/>
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
