using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>Whether everybody can use a page: by axe, by its width and by the size of what is pressed, in light and dark, on a large screen and a small one.</summary>
internal static class Reach
{
    // WCAG 2.5.8: what one presses is at least 24 by 24 pixels; links within text are exempt.
    private const string SmallTargets = """
        () => [...document.querySelectorAll("button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio]), a.button")]
          .filter(control => control.checkVisibility() && !control.closest(".skip"))
          .filter(control => { const box = control.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
          .map(control => control.outerHTML.slice(0, 200))
        """;

    // One of each kind: each row has the same.
    private const string OpenMenus = """
        () => {
          const menus = [...document.querySelectorAll("main details:not([open])")];
          window.opened = menus.filter((menu, place) => menus.findIndex(other => other.className === menu.className) === place);
          window.opened.forEach(menu => { menu.open = true; });
        }
        """;

    // What a page is made of is the same in light and in dark, and is looked at once on each screen.
    private static readonly (ColorScheme Scheme, int Width, int Height, bool IsWhole)[] Looks =
        [(ColorScheme.Light, 1440, 900, true), (ColorScheme.Light, 360, 740, false), (ColorScheme.Dark, 1440, 900, false), (ColorScheme.Dark, 360, 740, true)];

    private static readonly AxeRunOptions ContrastOnly = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    private static string? Screenshots => Environment.GetEnvironmentVariable("MORE_STORIES_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    /// <summary>Looks at the page as it stands, one of each kind of its menus open. Its screenshots go where MORE_STORIES_SCREENSHOTS says, under <paramref name="name"/>.</summary>
    public static async Task AssertUsableAsync(IPage page, string name)
    {
        foreach (var (scheme, width, height, isWhole) in Looks)
        {
            var look = $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}";

            // Without motion, or axe may see a colour on its way from light to dark.
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, height);
            if (Screenshots is { } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{look}.png"), FullPage = true });
            }

            await page.EvaluateAsync(OpenMenus);
            var found = await page.RunAxe(isWhole ? null : ContrastOnly);
            Assert.True(found.Violations.Length == 0, $"{look}:\n" + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))));
            Assert.Contains(found.Passes, rule => rule.Id == "color-contrast");
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{look} is wider than the screen.");
            var small = await page.EvaluateAsync<string[]>(SmallTargets);
            Assert.True(small.Length == 0, $"Too small on {look}:\n{string.Join('\n', small)}");
            await page.EvaluateAsync("() => window.opened.forEach(menu => { menu.open = false; })");
        }
    }
}
