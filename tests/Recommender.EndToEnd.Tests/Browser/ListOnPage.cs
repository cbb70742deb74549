using Microsoft.Playwright;

namespace Recommender.EndToEnd.Tests.Browser;

/// <summary>What a reader sees of a list. Locators look into the element's shadow tree as they do into the page.</summary>
internal static class ListOnPage
{
    public static ILocator Element(this IPage page) => page.Locator("more-stories");

    public static ILocator Heading(this IPage page) => page.Locator("more-stories [part=heading]");

    public static ILocator Titles(this IPage page) => page.Locator("more-stories [part=link]");

    public static ILocator Dates(this IPage page) => page.Locator("more-stories [part=date]");

    public static ILocator Images(this IPage page) => page.Locator("more-stories img[part=image]");

    /// <summary>Waits until the list is there, or until it is certain that it will not be.</summary>
    public static Task SettleAsync(this IPage page) =>
        page.WaitForFunctionAsync("() => [...document.querySelectorAll('more-stories')].every(list => !['loading', undefined].includes(list.dataset.state))");

    public static async Task<string?> StateAsync(this IPage page) => await page.Element().First.GetAttributeAsync("data-state");

    /// <summary>How much the page has moved under the reader: the cumulative layout shift.</summary>
    public static Task<double> ShiftAsync(this IPage page) => page.EvaluateAsync<double>("() => window.shifts.reduce((sum, shift) => sum + shift, 0)");

    /// <summary>What has the focus, inside whatever shadow tree.</summary>
    public static Task<string> FocusAsync(this IPage page) => page.EvaluateAsync<string>("""
        () => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          return element?.textContent.trim() ?? '';
        }
        """);

    /// <summary>Holds back what the API answers until <paramref name="released"/>, so that a page is seen waiting however slow the machine.</summary>
    public static Task HoldAsync(this IPage page, Task released) => page.RouteAsync("**/api/more-stories?*", async route =>
    {
        await released;
        await route.ContinueAsync();
    });
}
