using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>An editor's way from sign-in to sign-out, with script and without.</summary>
[Collection(NewsdeskTests.Name)]
public sealed partial class EditingTests(Newsdesk desk)
{
    private const string Barrage = "2025-05-20-a-wall-across-the-tide-640m-barrage-proposed-for-morrow-point";

    [SkippableFact]
    public async Task An_editor_drags_types_schedules_reviews_publishes_and_takes_it_back()
    {
        await using var ines = await desk.SignInAsync("Ines Calloway");
        var before = await desk.ListAsync(Barrage);
        await ines.OpenAsync(Newsdesk.PageOf(Barrage));
        Assert.Equal(before.Ids, await ines.ListAsync());

        // Find, and drag into the first slot.
        await ines.Page.Keyboard.PressAsync("/");
        await ines.Page.Keyboard.TypeAsync("Halyard Theatre reopen");
        await ines.Page.Keyboard.PressAsync("Enter");
        var found = ines.Page.Locator(".found > .story").First;
        await Expect(found).ToBeVisibleAsync();
        var dragged = (await found.GetAttributeAsync("data-story"))!;
        await found.Locator(".handle").DragToAsync(ines.Rows.First);
        await Expect(ines.Rows.First).ToHaveAttributeAsync("data-story", dragged);
        await Expect(ines.Page.Locator("#said")).ToContainTextAsync("is pinned in slot 1 in the draft");
        await Expect(ines.Rows.First.Locator(".moved")).ToHaveTextAsync("new");

        // Keys: to the third row, up, pinned there, focus on the button that was meant.
        await Expect(ines.Rows.First.Locator("[data-key=p]")).ToBeFocusedAsync();
        await ines.Page.Keyboard.PressAsync("j");
        await ines.Page.Keyboard.PressAsync("j");
        var third = (await ines.ListAsync())[2];
        await Expect(ines.Rows.Nth(2)).ToBeFocusedAsync();
        await ines.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(ines.Rows.Nth(1)).ToHaveAttributeAsync("data-story", third);
        await Expect(ines.Rows.Nth(1).Locator("[data-key=up]")).ToBeFocusedAsync();
        await ines.Page.Keyboard.PressAsync("p");
        await Expect(ines.Page.Locator("#said")).ToContainTextAsync("is unpinned in the draft");
        await ines.Page.Keyboard.PressAsync("u");
        await Expect(ines.Page.Locator("#said")).ToContainTextAsync("undone");
        Assert.Equal([dragged, third], (await ines.ListAsync()).Take(2));

        // Schedule: until this time tomorrow.
        await ines.Rows.First.Locator("[data-key=s]").ClickAsync();
        await ines.Page.ClickAsync("button[value=day]");
        await Expect(ines.Page.Locator("#said")).ToContainTextAsync("is scheduled in the draft");
        await Expect(ines.Page.Locator(".detail")).ToContainTextAsync("in 23 h");

        // Nothing is live yet; the review shows what will be.
        Assert.Equal(before, await desk.ListAsync(Barrage), SameList);
        await ines.Page.Locator("h1").ClickAsync();
        await ines.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(ines.Page.Locator("h1")).ToHaveTextAsync("Review");
        await Expect(ines.Page.GetByRole(AriaRole.Region, new() { Name = "Draft" })).ToContainTextAsync("new");
        await Expect(ines.Page.GetByRole(AriaRole.Region, new() { Name = "No longer in the list" })).ToContainTextAsync("Why it was there: Shares");
        await ines.Page.FillAsync("textarea[name=note]", "The theatre first");
        await Expect(ines.Page.Locator("#note-kept")).ToHaveTextAsync("The note is kept with the draft.");
        await ines.Page.ClickAsync("#publish");
        await Expect(ines.Page.Locator("#said")).ToContainTextAsync(Live());

        // Readers have it, under another ETag; the audit tells.
        var after = await desk.ListAsync(Barrage);
        Assert.Equal([dragged, third], after.Ids.Take(2));
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Contains(await desk.AuditAsync(), entry => entry.GetProperty("author").GetString() == "Ines Calloway" && entry.GetProperty("note").GetString() == "The theatre first");

        // Taken back as a new version.
        await RevertAsync(ines);
        Assert.Equal(before, await desk.ListAsync(Barrage), SameList);
        ines.AssertCalm();
        await SignOutAsync(ines, "Ines Calloway");
    }

    [SkippableFact]
    public async Task Without_script_an_editor_does_the_same_by_buttons()
    {
        var options = Newsdesk.Desktop();
        options.JavaScriptEnabled = false;
        await using var ben = await desk.SignInAsync("Ben Okafor", options);
        ben.Expected.Add("400");
        await ben.OpenAsync("/desk/courier/pages?q=quarrel about mud");
        await ben.Page.GetByRole(AriaRole.Link, new() { Name = "Barrage hearing opens with a quarrel about mud" }).ClickAsync();
        var id = Uri.UnescapeDataString(ben.Page.Url.Split('/')[^1]);
        var before = await desk.ListAsync(id);

        await ben.Page.FillAsync("input[type=search]", "Halyard Theatre reopen");
        await ben.Page.ClickAsync(".find-stories form button");
        var found = (await ben.Page.Locator(".found > .story").First.GetAttributeAsync("data-story"))!;
        await ben.Page.SelectOptionAsync("select[name=slot]", "2");
        await ben.Page.Locator(".found > .story").First.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal(found, (await ben.ListAsync())[1]);
        await ben.Rows.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Move up" }).ClickAsync();
        Assert.Equal(found, (await ben.ListAsync())[0]);

        var blocked = (await ben.ListAsync())[2];
        await ben.Rows.Nth(2).Locator("summary").ClickAsync();
        await ben.Rows.Nth(2).GetByRole(AriaRole.Button, new() { Name = "On this page" }).ClickAsync();
        Assert.DoesNotContain(blocked, await ben.ListAsync());

        await ben.Rows.First.Locator("[data-key=s]").ClickAsync();
        await ben.Page.FillAsync(".detail input[name=until]", "2020-01-01T10:00");
        await ben.Page.FillAsync(".detail input[name=from]", "2020-01-01T12:00");
        await ben.Page.FillAsync(".detail input[name=note]", "Kept although the time is wrong");
        await ben.Page.ClickAsync(".detail button.primary");
        await Expect(ben.Page.Locator("#p-until")).ToHaveTextAsync("Until is not after from.");
        await Expect(ben.Page.Locator(".detail input[name=note]")).ToHaveValueAsync("Kept although the time is wrong");
        await ben.Page.FillAsync(".detail input[name=from]", "");
        await ben.Page.ClickAsync("button[value=week]");

        await ben.Page.GetByRole(AriaRole.Link, new() { Name = "Review and publish" }).ClickAsync();
        await ben.Page.ClickAsync("#publish");
        Assert.Matches(Live(), await ben.SaidAsync());
        var after = await desk.ListAsync(id);
        Assert.Equal(found, after.Ids[0]);
        Assert.DoesNotContain(blocked, after.Ids);
        Assert.NotEqual(before.ETag, after.ETag);

        await RevertAsync(ben);
        Assert.Equal(before, await desk.ListAsync(id), SameList);
        ben.AssertCalm();
        await SignOutAsync(ben, "Ben Okafor");
    }

    [SkippableFact]
    public async Task Keys_are_off_in_fields_and_can_be_switched_off()
    {
        await using var ines = await desk.SignInAsync("Ines Calloway");
        await ines.OpenAsync(Newsdesk.PageOf(Barrage));
        await ines.Page.FocusAsync("input[type=search]");
        await ines.Page.Keyboard.TypeAsync("jpb+?");
        Assert.Equal("jpb+?", await ines.Page.InputValueAsync("input[type=search]"));

        await ines.Page.Locator("h1").ClickAsync();
        await ines.Page.Keyboard.PressAsync("?");
        await Expect(ines.Page.Locator("#keys")).ToHaveAttributeAsync("open", "");
        await ines.Page.UncheckAsync("#keys-on");
        await ines.Page.ReloadAsync();
        await ines.Page.Keyboard.PressAsync("j");
        await Expect(ines.Page.Locator(".rows > .story:focus")).ToHaveCountAsync(0);
        Assert.False(await ines.Page.IsCheckedAsync("#keys-on"));
    }

    [SkippableFact]
    public async Task Every_key_does_what_the_help_says_and_a_live_region_tells_it()
    {
        var id = await desk.PublishAsync("keys", "A page for all ten fingers", body: "Ferry crews, a barrage, a theatre: enough for a list that keys can work on.");
        await using var ines = await desk.SignInAsync("Ines Calloway");
        await ines.OpenAsync(Newsdesk.PageOf(id));
        var said = ines.Page.Locator("#said");
        await Expect(said).ToHaveAttributeAsync("role", "status");
        var order = await ines.ListAsync();
        await PressAsync("j");
        await PressAsync("j");
        await PressAsync("k");
        await Expect(ines.Rows.First).ToBeFocusedAsync();

        await PressAsync("Alt+ArrowDown");
        await Expect(ines.Rows.Nth(1)).ToHaveAttributeAsync("data-story", order[0]);
        await Expect(said).ToContainTextAsync("slot 2");
        await Expect(ines.Rows.Nth(1).Locator("[data-key=down]")).ToBeFocusedAsync();
        await PressAsync("u");
        await Expect(said).ToContainTextAsync("undone");

        await PressAsync("j");
        await PressAsync("+");
        await Expect(said).ToContainTextAsync("boost");
        await PressAsync("u");
        await Expect(said).ToContainTextAsync("undone");
        await PressAsync("j");
        await PressAsync("-");
        await Expect(said).ToContainTextAsync("bur");
        await PressAsync("u");
        await Expect(said).ToContainTextAsync("undone");

        await PressAsync("j");
        await PressAsync("s");
        await Expect(ines.Page.Locator(".detail input[name=until]")).ToBeVisibleAsync();
        await CloseAsync();
        await PressAsync("j");
        await PressAsync("w");
        await Expect(ines.Page.Locator(".detail")).ToContainTextAsync("score");
        await CloseAsync();

        // Blocking asks where, with focus on the first answer.
        await PressAsync("j");
        var blocked = await ines.Page.EvaluateAsync<string>("() => document.activeElement.dataset.story");
        await PressAsync("b");
        await Expect(ines.Page.GetByRole(AriaRole.Button, new() { Name = "On this page" }).And(ines.Page.Locator(":focus"))).ToBeVisibleAsync();
        await PressAsync("Enter");
        await Expect(said).ToContainTextAsync("is blocked");
        Assert.DoesNotContain(blocked, await ines.ListAsync());
        ines.AssertCalm();

        async Task PressAsync(string key)
        {
            // What is pressed before the script has come is lost.
            await Expect(ines.Page.Locator("#keys-on")).ToBeEnabledAsync();
            await ines.Page.Keyboard.PressAsync(key);
        }

        async Task CloseAsync()
        {
            await ines.Page.Locator(".detail").GetByRole(AriaRole.Link, new() { Name = "Close" }).ClickAsync();
            await Expect(ines.Page.Locator("#detail-title")).ToHaveTextAsync("What is decided");
        }
    }

    [SkippableFact]
    public async Task What_was_done_is_said_again_without_the_page_jumping()
    {
        var id = await desk.PublishAsync("steady", "A page that keeps still", body: "Ferry crews, a barrage, a theatre: enough for a list to pin a story in.");
        await using var ines = await desk.SignInAsync("Ines Calloway");
        await ines.OpenAsync(Newsdesk.PageOf(id));
        await ines.Page.AddInitScriptAsync("""
            addEventListener("DOMContentLoaded", () => {
              const said = document.getElementById("said"), main = document.querySelector("main");
              const look = () => `${said.textContent ? "said" : "emptied"} ${main.getBoundingClientRect().top + scrollY}`;
              window.looks = [look()];
              new MutationObserver(() => window.looks.push(look())).observe(said, { childList: true });
            });
            """);
        await ines.Rows.First.Locator("[data-key=p]").ClickAsync();
        await ines.Page.WaitForFunctionAsync("() => window.looks?.length >= 3");
        var looks = await ines.Page.EvaluateAsync<string[]>("() => window.looks");
        Assert.Equal([looks[0], looks[0].Replace("said", "emptied", StringComparison.Ordinal), looks[0]], looks);
        Assert.StartsWith("said", looks[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_pasted_address_is_told_why_it_is_absent()
    {
        await using var ines = await desk.SignInAsync("Ines Calloway");
        await ines.OpenAsync(Newsdesk.PageOf(Barrage, "?q=" + Uri.EscapeDataString("https://courier.example/environment/2025/05/a-wall-across-the-tide-640m-barrage-proposed-for-morrow-point")));
        await Expect(ines.Page.Locator(".absence")).ToContainTextAsync("It is this page itself.");
        await ines.OpenAsync(Newsdesk.PageOf(Barrage, "?q=" + Uri.EscapeDataString("https://courier.example/nowhere")));
        await Expect(ines.Page.Locator(".absence")).ToContainTextAsync("Nobody indexed it");
    }

    private static async Task RevertAsync(EditorInBrowser editor)
    {
        if (editor.Page.Locator(".detail").GetByRole(AriaRole.Link, new() { Name = "Close" }) is var close && await close.CountAsync() > 0)
        {
            await close.ClickAsync();
        }

        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Revert version 1" }).ClickAsync();
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Review and publish" }).ClickAsync();
        await editor.Page.ClickAsync("#publish");
        await Expect(editor.Page.Locator("#said")).ToContainTextAsync(Live());
    }

    private static async Task SignOutAsync(EditorInBrowser editor, string name)
    {
        await editor.Page.Locator("details.person summary").ClickAsync();
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await editor.OpenAsync(Newsdesk.PageOf(Barrage));
        await Expect(editor.Page.Locator("h1")).ToHaveTextAsync("Sign in to the desk");
        await Expect(editor.Page.Locator("body")).Not.ToContainTextAsync(name);
    }

    private static bool SameList((IReadOnlyList<string> Ids, string ETag) one, (IReadOnlyList<string> Ids, string ETag) other) => one.Ids.SequenceEqual(other.Ids) && one.ETag == other.ETag;

    [GeneratedRegex("Version [0-9]+ is live for readers, [0-9]{2}:[0-9]{2}:[0-9]{2}")]
    private static partial Regex Live();
}
