using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Clicks;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>Clicks that the widget tells of, from the endpoint to the overview.</summary>
public sealed class ClickTests : DeskTests
{
    [Fact]
    public async Task Clicks_are_counted_per_slot_and_shown()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await ClickAsync(new { page = "strike", item = "mediator", slot = 1 });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        using (await ClickAsync(new { page = "strike", item = "farmers", slot = 2 }))
        {
        }

        await Deployment.Services.GetRequiredService<ClickCounter>().FlushAsync();

        var document = await ParseAsync("/desk/gazette");
        var panel = document.QuerySelector("section[aria-labelledby=clicks]")!;
        Assert.Equal(["1:3", "2:1", "3:0", "4:0"], panel.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Select(row => $"{row.Children[0].TextContent}:{row.Children[1].TextContent}"));
        Assert.Equal("Clicks of the last 14 days by slot: 4 in all", panel.QuerySelector("svg > title")!.TextContent);
    }

    [Theory]
    [InlineData("https://evil.example", "strike", "mediator", 1, HttpStatusCode.Forbidden)]
    [InlineData(null, "strike", "mediator", 1, HttpStatusCode.Forbidden)]
    [InlineData("https://gazette.example", "strike", "mediator", 0, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "strike", "mediator", 21, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "strike", "strike", 1, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "strike", "made-up", 1, HttpStatusCode.BadRequest)]
    [InlineData("https://gazette.example", "made-up", "strike", 1, HttpStatusCode.BadRequest)]
    public async Task A_click_that_cannot_have_been_is_not_counted(string? origin, string page, string item, int slot, HttpStatusCode status)
    {
        using var answer = await ClickAsync(new { page, item, slot }, origin);
        Assert.Equal(status, answer.StatusCode);

        await Deployment.Services.GetRequiredService<ClickCounter>().FlushAsync();
        Assert.Contains("Readers followed no story", await Editor.ReadAsync("/desk/gazette"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_clicks_too_much_is_refused()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            using var answer = await ClickAsync(new { page = "strike", item = "mediator", slot = 1 });
            answers.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.True(answers.Count(status => status is HttpStatusCode.NoContent) >= 30);
    }

    private async Task<HttpResponseMessage> ClickAsync(object body, string? origin = "https://gazette.example") => await Deployment.SendAsync(
        HttpMethod.Post, "/api/sites/gazette/clicks", new StringContent(JsonSerializer.Serialize(body)), null, origin is null ? [] : [("Origin", origin)]);
}
