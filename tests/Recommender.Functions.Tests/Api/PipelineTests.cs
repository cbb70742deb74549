using System.Net;
using System.Text.RegularExpressions;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Api;

public sealed class PipelineTests
{
    [Fact]
    public async Task An_address_that_asks_too_much_is_told_when_to_come_again()
    {
        await using var deployment = Deployment.Start(("Api:RequestsPerSecond", "1"), ("Api:Burst", "3"));

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await deployment.SendAsync(HttpMethod.Get, "/api/latest", null, null, ("Origin", "https://gazette.example")));
        }

        Assert.Equal(3, answers.Take(3).Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["https://gazette.example"], refused.Headers.GetValues("Access-Control-Allow-Origin"));
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task The_interface_describes_itself_with_the_keys_it_wants()
    {
        await using var deployment = Deployment.Start();

        var document = await deployment.GetJsonAsync("/openapi/v1.json");
        var paths = document.GetProperty("paths");

        Assert.Equal("3.1", document.GetProperty("openapi").GetString()![..3]);
        Assert.False(paths.GetProperty("/api/more-stories").GetProperty("get").TryGetProperty("security", out _));
        Assert.Equal(2, paths.GetProperty("/api/articles/{id}").GetProperty("put").GetProperty("security").GetArrayLength());
        Assert.All(paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value))), entry =>
            Assert.Equal(
                Regex.Matches(entry.Name, @"\{(\w+)\}").Select(match => match.Groups[1].Value).Order(),
                entry.Value.TryGetProperty("parameters", out var parameters)
                    ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString()!).Order()
                    : []));
        Assert.All(paths.EnumerateObject().Where(path => path.Name.StartsWith("/api", StringComparison.Ordinal)).SelectMany(path => path.Value.EnumerateObject()), operation =>
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!));
    }

    [Fact]
    public async Task Nothing_that_a_query_may_say_is_documented_as_required_and_a_list_comes_without_any_of_it()
    {
        await using var deployment = Deployment.Start();

        var document = await deployment.GetJsonAsync("/openapi/v1.json");
        var queries = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .SelectMany(operation => operation.Value.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
            .Where(parameter => parameter.GetProperty("in").GetString() == "query").ToList();

        Assert.Contains(queries, parameter => parameter.GetProperty("name").GetString() == "exclude");
        Assert.All(queries, parameter => Assert.False(parameter.TryGetProperty("required", out var required) && required.GetBoolean(), parameter.ToString()));
        await deployment.GetJsonAsync("/api/latest");
    }

    [Fact]
    public async Task The_reference_page_loads_nothing_from_elsewhere()
    {
        await using var deployment = Deployment.Start();

        using var page = await deployment.SendAsync(HttpMethod.Get, "/docs/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_several_sites_the_host_tells_which_or_the_question_must()
    {
        await using var deployment = Deployment.Start(("Recommender:Sites:review:Hosts:0", "*.review.example"), ("Recommender:Sites:review:Heading", "Keep reading"));

        var byHost = await deployment.GetJsonAsync("/api/more-stories?url=https://www.review.example/a");
        var byName = await deployment.GetJsonAsync("/api/latest?site=review");
        using var unclear = await deployment.SendAsync(HttpMethod.Get, "/api/latest");

        Assert.Equal(("review", "Keep reading"), (byHost.GetProperty("site").GetString(), byHost.GetProperty("heading").GetString()));
        Assert.Equal("review", byName.GetProperty("site").GetString());
        Assert.Equal(["site"], await Deployment.WrongFields(unclear));
        Assert.Contains("gazette, review", await unclear.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_names_the_server_or_lets_a_browser_guess_types()
    {
        await using var deployment = Deployment.Start();

        foreach (var address in new[] { "/api/latest", "/api/nothing", "/api/audit", "/api/latest?count=x" })
        {
            using var answer = await deployment.SendAsync(HttpMethod.Get, address);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Empty(answer.Headers.Server);
        }
    }
}
