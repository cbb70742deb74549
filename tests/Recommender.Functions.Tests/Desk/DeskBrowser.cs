using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>A browser as far as the desk is concerned: it keeps cookies, sends forms with the token of the page they stand on, and says where a post comes from.</summary>
public sealed partial class DeskBrowser(Deployment deployment)
{
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    /// <summary>What every set cookie said of itself, by name.</summary>
    public Dictionary<string, SetCookieHeaderValue> SetCookies { get; } = new(StringComparer.Ordinal);

    public string Origin => deployment.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>Signs in on one's own word, as Development lets.</summary>
    public static async Task<DeskBrowser> SignInAsync(Deployment deployment, string name, params string[] roles)
    {
        var browser = new DeskBrowser(deployment);
        var form = new List<(string, string)> { ("name", name), ("return", "/desk") };
        form.AddRange(roles.Select(role => ("role", role)));
        using var answer = await browser.PostAsync("/desk/_sign-in", "/desk/_sign-in", [.. form]);
        Assert.True(answer.Headers.Location?.ToString() == "/desk", $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return browser;
    }

    public DeskBrowser Copy()
    {
        var copy = new DeskBrowser(deployment);
        foreach (var (name, value) in cookies)
        {
            copy.cookies[name] = value;
        }

        return copy;
    }

    public void Forget(string cookie) => cookies.Remove(cookie);

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(HttpMethod.Get, address);

    /// <summary>A page's text, which has to be there.</summary>
    public async Task<string> ReadAsync(string address)
    {
        using var answer = await GetAsync(address);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answered {answer.StatusCode} {answer.Headers.Location}: {page}");
        return page;
    }

    /// <summary>Sends a form that stands on a page, with that page's token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await SubmitAsync(action, await TokenAsync(page), fields);

    public async Task<string?> TokenAsync(string page)
    {
        using var answer = await GetAsync(page);
        return Token().Match(await answer.Content.ReadAsStringAsync()) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
    }

    public async Task<HttpResponseMessage> SubmitAsync(string action, string? token, (string Name, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Concat(token is null ? [] : [KeyValuePair.Create("__token", token)]);
        return await SendAsync(HttpMethod.Post, action, new FormUrlEncodedContent(form), headers.Any(header => header.Name == "Origin") ? headers : [.. headers, ("Origin", Origin)]);
    }

    /// <summary>Sends a request anywhere, also to a provider, with this browser's cookies of the desk.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (cookies.Count > 0 && !(address.StartsWith("http", StringComparison.Ordinal) && !address.StartsWith(Origin, StringComparison.Ordinal)))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await deployment.Client.SendAsync(request);
        foreach (var text in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var cookie = SetCookieHeaderValue.Parse(text);
            var name = cookie.Name.ToString();
            SetCookies[name] = cookie;
            if (cookie.Value.Length == 0 || cookie.Expires < deployment.Time.GetUtcNow())
            {
                cookies.Remove(name);
            }
            else
            {
                cookies[name] = cookie.Value.ToString();
            }
        }

        return answer;
    }

    [GeneratedRegex("name=\"__token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
