using Microsoft.Extensions.Options;

namespace Recommender.Functions.Access;

/// <summary>Refuses to start with keys that are no keys, or with none at all: write endpoints never stand open.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var failures = options.Keys.SelectMany(Failures).ToList();
        if (options.Keys.Count == 0 && !options.ReadOnly)
        {
            failures.Add($"{AccessOptions.Section}:Keys has no key, so nothing could be written. Configure the SHA-256 of a key for each of "
                + $"{string.Join(", ", AccessServices.Scopes)}, or set {AccessOptions.Section}:{nameof(AccessOptions.ReadOnly)} to true.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ApiKeyOptions key, int place)
    {
        var setting = $"{AccessOptions.Section}:Keys:{place}";
        if (key.Name.Length == 0)
        {
            yield return $"{setting}:Name is missing; it says who has the key.";
        }

        if (!ApiKey.IsHash(key.Hash))
        {
            yield return $"{setting}:Hash is no SHA-256 in 64 hexadecimal digits.";
        }

        if (key.Scopes.Count == 0 || key.Scopes.Except(AccessServices.Scopes).Any())
        {
            yield return $"{setting}:Scopes takes one or more of {string.Join(", ", AccessServices.Scopes)}.";
        }
    }
}
