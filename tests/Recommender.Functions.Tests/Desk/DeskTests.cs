using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>A desk with a few stories, and an editor at it who is an operator too.</summary>
public abstract class DeskTests : IAsyncLifetime
{
    protected Deployment Deployment { get; } = Deployment.Start("Development", ("Recommender:Sites:gazette:Feeds:0", "https://gazette.example/feed.xml"), ("Desk:Sites:gazette:Colour", "#ffd400"));

    protected DeskBrowser Editor { get; set; } = null!;

    public async Task InitializeAsync()
    {
        await Deployment.PublishFerriesAsync();
        Editor = await DeskBrowser.SignInAsync(Deployment, "Ines", "editor", "operator");
    }

    public async Task DisposeAsync() => await Deployment.DisposeAsync();

    protected async Task<IHtmlDocument> ParseAsync(string address) => new HtmlParser().ParseDocument(await Editor.ReadAsync(address));

    protected async Task PutAsync(string address, object body)
    {
        using var answer = await Deployment.SendAsync(HttpMethod.Put, address, body, Deployment.EditorKey);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
