using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>Somebody at the desk.</summary>
public sealed class EditorInBrowser : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public EditorInBrowser(IBrowserContext context)
    {
        this.context = context;
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !Expected.Any(part => message.Text.Contains(part, StringComparison.Ordinal)))
            {
                complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        context.Dialog += async (_, dialog) =>
        {
            complaints.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        context.WebError += (_, error) => complaints.Add(error.Error);
    }

    /// <summary>Parts of complaints that a test means to provoke.</summary>
    public IList<string> Expected { get; } = [];

    public IPage Page { get; private set; } = null!;

    /// <summary>The rows of the list.</summary>
    public ILocator Rows => Page.Locator("#rows > .story");

    public async Task OpenAsync(string path)
    {
        Page ??= await context.NewPageAsync();
        await Page.GotoAsync(path);
    }

    /// <summary>Ids of the stories in the list, as the desk shows it.</summary>
    public async Task<IReadOnlyList<string>> ListAsync() => await Rows.EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.story)");

    /// <summary>What was just done, as the desk says it.</summary>
    public async Task<string> SaidAsync() => await Page.Locator("#said").TextContentAsync() ?? "";

    /// <summary>Nothing went wrong in the browser.</summary>
    public void AssertCalm() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
