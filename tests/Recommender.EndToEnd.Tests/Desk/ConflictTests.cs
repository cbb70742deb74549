using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommender.EndToEnd.Tests.Desk;

/// <summary>Two editors at one page.</summary>
[Collection(NewsdeskTests.Name)]
public sealed class ConflictTests(Newsdesk desk)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_second_in_one_slot_sees_both_versions_and_chooses(bool keepsOwn)
    {
        var id = await desk.PublishAsync($"conflict-{keepsOwn}", $"A page for two editors, {keepsOwn}", body: "Two editors want one slot of a page.");
        await using var ana = await desk.SignInAsync("Ana Ruiz");
        await using var ben = await desk.SignInAsync("Ben Okafor");
        ben.Expected.Add("409");
        await ana.OpenAsync(Newsdesk.PageOf(id, "?q=barrage"));
        await ben.OpenAsync(Newsdesk.PageOf(id, "?q=ferry"));
        var hers = await PinFirstAsync(ana);
        var his = await PinFirstAsync(ben);

        await Expect(ben.Page.Locator("h1")).ToHaveTextAsync("Somebody else decided about the same");
        await Expect(ben.Page.GetByRole(AriaRole.Region, new() { Name = "Yours" })).ToContainTextAsync(his.Title);
        await Expect(ben.Page.GetByRole(AriaRole.Region, new() { Name = "Theirs" })).ToContainTextAsync(hers.Title);
        await Expect(ben.Page.Locator("main")).ToContainTextAsync("Ana Ruiz’s");
        if (keepsOwn)
        {
            await Reach.AssertUsableAsync(ben.Page, "desk-conflict");
        }

        await ben.Page.ClickAsync(keepsOwn ? "#keep-mine" : "#take-theirs");
        await Expect(ben.Rows.First).ToHaveAttributeAsync("data-story", keepsOwn ? his.Id : hers.Id);

        await ben.Page.GetByRole(AriaRole.Link, new() { Name = "Review and publish" }).ClickAsync();
        await ben.Page.ClickAsync("#publish");
        await Expect(ben.Page.Locator("#said")).ToContainTextAsync("is live for readers");
        Assert.Equal(keepsOwn ? his.Id : hers.Id, (await desk.ListAsync(id)).Ids[0]);
        var targets = (await desk.AuditAsync()).Where(entry => entry.TryGetProperty("page", out var page) && page.GetString() == id).Select(entry => entry.GetProperty("after").GetProperty("target").GetString()).ToHashSet();
        Assert.Equal(keepsOwn ? [hers.Id, his.Id] : new HashSet<string?> { hers.Id }, targets);
        ben.AssertCalm();
    }

    [SkippableFact]
    public async Task Different_slots_merge_without_a_word_and_a_review_of_an_older_draft_is_not_published()
    {
        var id = await desk.PublishAsync("merge", "A page where editors do not meet", body: "Each editor has a slot.");
        await using var ana = await desk.SignInAsync("Ana Ruiz");
        await using var ben = await desk.SignInAsync("Ben Okafor");
        await ana.OpenAsync(Newsdesk.PageOf(id, "?q=barrage"));
        await ben.OpenAsync(Newsdesk.PageOf(id, "?q=ferry"));
        var hers = await PinFirstAsync(ana);
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Review and publish" }).ClickAsync();
        await ben.Page.SelectOptionAsync("select[name=slot]", "3");
        var his = await PinFirstAsync(ben);
        Assert.Equal((hers.Id, his.Id), ((await ben.ListAsync())[0], (await ben.ListAsync())[2]));

        ana.Expected.Add("409");
        await ana.Page.ClickAsync("#publish");
        await Expect(ana.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the draft was changed after you reviewed it");
        Assert.DoesNotContain(hers.Id, (await desk.ListAsync(id)).Ids.Take(1));
        await ana.Page.ClickAsync("#publish");
        await Expect(ana.Page.Locator("#said")).ToContainTextAsync("is live for readers");
        Assert.Equal((hers.Id, his.Id), ((await desk.ListAsync(id)).Ids[0], (await desk.ListAsync(id)).Ids[2]));
    }

    private static async Task<(string Id, string Title)> PinFirstAsync(EditorInBrowser editor)
    {
        var found = editor.Page.Locator(".found > .story").First;
        var story = ((await found.GetAttributeAsync("data-story"))!, (await found.Locator("h3").TextContentAsync())!.Trim());
        await found.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(editor.Page.Locator(".said.done, #keep-mine")).ToHaveCountAsync(1);
        return story;
    }
}
