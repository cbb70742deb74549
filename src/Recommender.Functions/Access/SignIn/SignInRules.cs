namespace Recommender.Functions.Access.SignIn;

/// <summary>What must hold for <see cref="SignInOptions"/>.</summary>
internal static class SignInRules
{
    /// <summary>Each setting that is wrong, and how.</summary>
    public static IEnumerable<string> Failures(SignInOptions options)
    {
        if (options.Authority is null)
        {
            if (options.ClientId is not null)
            {
                yield return $"{SignInOptions.Section}:Authority is missing, but there is a ClientId.";
            }

            yield break;
        }

        // Whoever can answer for the provider can be any editor.
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            yield return $"{SignInOptions.Section}:Authority is '{options.Authority}', which is no https URL.";
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"{SignInOptions.Section}:ClientId is missing.";
        }

        if (options.ClientSecret is not null && options.FederatedIdentity is not null)
        {
            yield return $"{SignInOptions.Section} takes a ClientSecret or a FederatedIdentity, not both.";
        }

        if (options.EditorRole == options.OperatorRole)
        {
            yield return $"{SignInOptions.Section}:EditorRole and OperatorRole are both '{options.EditorRole}'.";
        }
    }
}
