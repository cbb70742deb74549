using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>The browser of the machine; none is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>Its path: what CHROMIUM_PATH says, or the first of the usual names on PATH; null when there is none.</summary>
    public static string? ExecutablePath { get; } = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } path
        ? path
        : Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Skips the running test when there is no browser; fails it where there has to be one, as on CI.</summary>
    public static void SkipUnlessInstalled()
    {
        if (ExecutablePath is not null)
        {
            return;
        }

        const string Reason = "Chromium is not installed: run tests/run.sh, which installs what the tests need, or set CHROMIUM_PATH.";
        var required = Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("MORE_STORIES_REQUIRE_BROWSER") == "1";
        Assert.False(required, Reason);
        Skip.If(true, Reason);
    }

    /// <summary>Starts it without a window.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = ExecutablePath,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
    });
}
