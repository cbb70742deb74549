using System.Net;
using Recommender.Functions.Access;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Access;

public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("PUT", "/api/articles/x", Deployment.CmsKey)]
    [InlineData("GET", "/api/articles/x", Deployment.CmsKey)]
    [InlineData("DELETE", "/api/articles/x", Deployment.CmsKey)]
    [InlineData("POST", "/api/articles", Deployment.CmsKey)]
    [InlineData("POST", "/api/articles/import", Deployment.CmsKey)]
    [InlineData("GET", "/api/site/overrides", Deployment.EditorKey)]
    [InlineData("PUT", "/api/site/overrides/blocks/x", Deployment.EditorKey)]
    [InlineData("GET", "/api/audit", Deployment.EditorKey)]
    public async Task Only_a_key_with_the_right_scope_opens(string method, string address, string right)
    {
        await using var deployment = Deployment.Start();

        using var none = await deployment.SendAsync(new HttpMethod(method), address, "{}");
        using var unknown = await deployment.SendAsync(new HttpMethod(method), address, "{}", "ms_guessed");
        Assert.All([none, unknown], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.NotEmpty(none.Headers.WwwAuthenticate);

        foreach (var key in new[] { Deployment.CmsKey, Deployment.EditorKey, Deployment.OpsKey })
        {
            using var answer = await deployment.SendAsync(new HttpMethod(method), address, "{}", key);
            Assert.Equal(key == right, answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized));
            Assert.Equal(key == right, !answer.ReasonPhrase!.Contains("Forbidden", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_bearer_token_does_as_well()
    {
        await using var deployment = Deployment.Start();

        using var answer = await deployment.SendAsync(HttpMethod.Get, "/api/audit", null, null, ("Authorization", $"Bearer {Deployment.EditorKey}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Two_keys_of_one_scope_work_while_they_are_rotated()
    {
        await using var deployment = Deployment.Start(
            ("Access:Keys:3:Name", "newsroom, new"), ("Access:Keys:3:Hash", ApiKey.Hash("ms_new").ToUpperInvariant()), ("Access:Keys:3:Scopes:0", "editor"));

        foreach (var key in new[] { Deployment.EditorKey, "ms_new" })
        {
            using var answer = await deployment.SendAsync(HttpMethod.Get, "/api/audit", null, key);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_key_it_does_not_start_outside_development()
    {
        var failures = await Deployment.FailToStartAsync([.. WithoutKeys]);

        Assert.Contains("Access:Keys", Assert.Single(failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_can_serve_lists_alone_when_told_so()
    {
        await using var deployment = Deployment.Start([.. WithoutKeys, ("Access:ReadOnly", "true")]);

        using var list = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories");
        using var write = await deployment.SendAsync(HttpMethod.Put, "/api/articles/x", "{}", "anything");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (list.StatusCode, write.StatusCode));
    }

    [Theory]
    [InlineData("Access:Keys:0:Hash", "the key itself")]
    [InlineData("Access:Keys:0:Name", "")]
    [InlineData("Access:Keys:0:Scopes:0", "everything")]
    [InlineData("Api:MaxAgeSeconds", "-1")]
    public async Task A_setting_that_cannot_be_stops_the_start_and_is_named_without_its_value(string setting, string value)
    {
        var failure = Assert.Single(await Deployment.FailToStartAsync((setting, value)));

        Assert.Contains(setting.Split(':')[^1] is "0" ? "Scopes" : setting.Split(':')[^1], failure, StringComparison.Ordinal);
        Assert.DoesNotContain("the key itself", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_long_random_and_known_by_their_hash()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => ApiKey.Generate()).ToList();

        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(key.Length >= 46));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiKey.Hash("abc"));
    }

    private static IEnumerable<(string, string?)> WithoutKeys =>
        from place in Enumerable.Range(0, 3)
        from part in new[] { "Name", "Hash", "Scopes:0" }
        select ($"Access:Keys:{place}:{part}", (string?)null);
}
