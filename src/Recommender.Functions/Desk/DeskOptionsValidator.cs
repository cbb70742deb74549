using Microsoft.Extensions.Options;
using Recommender.Functions.Access.SignIn;
using Recommender.Sites;

namespace Recommender.Functions.Desk;

/// <summary>Checks ranges and forms of <see cref="DeskOptions"/> when the host starts.</summary>
[OptionsValidator]
internal sealed partial class DeskOptionsRanges : IValidateOptions<DeskOptions>;

/// <summary>Checks what one setting of <see cref="DeskOptions"/> says of another.</summary>
internal sealed class DeskOptionsValidator(SiteCatalog sites) : IValidateOptions<DeskOptions>
{
    public ValidateOptionsResult Validate(string? name, DeskOptions options)
    {
        var failures = Failures(options).Concat(SignInRules.Failures(options.SignIn)).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(DeskOptions options)
    {
        if (options.Origin is { } origin && (!Uri.TryCreate(origin, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.GetLeftPart(UriPartial.Authority) != origin))
        {
            yield return $"{DeskOptions.Section}:Origin is '{origin}', which is no origin such as https://stories.example.org.";
        }

        foreach (var (site, look) in options.Sites.Where(site => site.Value.Colour is { } colour && !Colour.TryParse(colour, out _)))
        {
            yield return $"{DeskOptions.Section}:Sites:{site}:Colour is '{look.Colour}', which is not # and six hexadecimal digits, such as #1f5f8b.";
        }

        foreach (var site in options.Sites.Keys.Where(site => !sites.TryGet(site, out _)))
        {
            yield return $"{DeskOptions.Section}:Sites has '{site}', but there is no such site.";
        }
    }
}
