using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Publishing;
using Recommender.Editorial.Review;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial.Publishing;

public sealed class PublicationStoreTests : IAsyncLifetime
{
    private static readonly OverrideScope Page = OverrideScope.Page("ferry-1");
    private Newsroom newsroom = null!;

    private DraftStore Drafts => newsroom.Get<DraftStore>();

    private PublicationStore Publications => newsroom.Get<PublicationStore>();

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_draft_changes_nothing_for_readers_until_it_is_published_and_then_all_of_it()
    {
        var draft = await PostAsync(Put(Pin("orchard-1", 2)), Put(new Block { Scope = OverrideScope.Site, Target = "ferry-3" }), Put(new Block { Scope = OverrideScope.Topic("harbour"), Target = "orchard-2" }));
        Assert.DoesNotContain("orchard-1", await IdsAsync(count: 2));
        var reviewed = (await newsroom.Get<PageReviews>().ReviewAsync(newsroom.Site, draft)).Draft.List;

        var published = await Publications.PublishAsync(newsroom.Site, "ferry-1", draft.Version, "Ana", "For the weekend");

        Assert.Equal(["ferry-2", "orchard-1"], await IdsAsync());
        Assert.Equal((1, "Ana", "For the weekend"), (published.Number, published.Author, published.Note));
        Assert.True((await newsroom.Get<PublishedCheck>().VerifyAsync(newsroom.Site, "ferry-1", reviewed)).IsAsReviewed);
        Assert.Empty((await Drafts.GetAsync(newsroom.Site, "ferry-1")).Operations);
        Assert.Empty(await newsroom.Get<DraftTable>().OpenAsync(newsroom.Site));
        Assert.Equal(published.Id, Assert.Single(await Publications.VersionsAsync(newsroom.Site, "ferry-1", 10)).Id);
    }

    [Fact]
    public async Task Every_change_has_an_audit_entry_that_tells_page_version_and_note()
    {
        await PublishAsync(await PostAsync(Put(Pin("orchard-1", 1))));
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(await PostAsync(Put(Pin("orchard-1", 3)), Put(new Boost { Scope = OverrideScope.Site, Target = "ferry-2", Factor = 2 })), "Calmer");

        var entries = await newsroom.Get<AuditLog>().ListAsync(newsroom.Site, null, 10);
        Assert.Equal(4, entries.Count);
        Assert.All(entries, entry => Assert.Equal(("Ana", "ferry-1"), (entry.Author, entry.Page)));
        Assert.Equal([2, 2, 2, 1], entries.Select(entry => entry.Version!.Value).OrderDescending());
        Assert.Equal("Calmer", entries[0].Note);
    }

    [Fact]
    public async Task Publishing_the_same_draft_again_gives_the_same_version()
    {
        var draft = await PostAsync(Put(Pin("orchard-1", 1)));

        var first = await PublishAsync(draft);
        var again = await PublishAsync(draft);

        Assert.Equal(first.Id, again.Id);
        Assert.Single(await newsroom.Get<AuditLog>().ListAsync(newsroom.Site, null, 10));
    }

    [Fact]
    public async Task A_draft_that_changed_after_its_review_is_not_published()
    {
        var reviewed = await PostAsync(Put(Pin("orchard-1", 1)));
        await Drafts.PostAsync(newsroom.Site, "ferry-1", reviewed.Version, [Put(Pin("orchard-2", 2))], "Ben");

        Assert.Equal(2, (await Assert.ThrowsAsync<DraftConflictException>(() => PublishAsync(reviewed))).Current.Operations.Count);
        Assert.DoesNotContain("orchard-1", await IdsAsync(count: 2));
    }

    [Fact]
    public async Task What_the_api_changed_since_is_not_overwritten_unseen()
    {
        var draft = await PostAsync(Put(Pin("orchard-1", 1)));
        await newsroom.Overrides.PutAsync(newsroom.Site, Pin("orchard-1", 4) with { Author = "CMS" }, OverrideCondition.None);

        var conflict = await Assert.ThrowsAsync<PublicationConflictException>(() => PublishAsync(draft));
        Assert.Equal(("orchard-1", "CMS"), (Assert.Single(conflict.Changed).Mine.Subject.Target, conflict.Changed[0].Now!.Author));

        // Who posts it again has seen it.
        draft = await Drafts.PostAsync(newsroom.Site, "ferry-1", draft.Version, [DraftEdit.Drop(draft.Operations[0].Subject)], "Ana");
        await PublishAsync(await Drafts.PostAsync(newsroom.Site, "ferry-1", draft.Version, [Put(Pin("orchard-1", 1))], "Ana"));
        Assert.Equal("orchard-1", (await IdsAsync())[0]);
    }

    [Fact]
    public async Task Nothing_is_published_of_an_empty_draft() =>
        await Assert.ThrowsAsync<DraftInvalidException>(() => Publications.PublishAsync(newsroom.Site, "ferry-1", 0, "Ana", ""));

    [Fact]
    public async Task A_version_can_be_reverted_by_a_draft()
    {
        var before = await IdsAsync();
        await PublishAsync(await PostAsync(Put(Pin("orchard-1", 1)), Put(new Block { Scope = OverrideScope.Site, Target = "ferry-2" })));
        var version = (await Publications.VersionsAsync(newsroom.Site, "ferry-1", 1))[0];

        await PublishAsync(await PostAsync([.. version.Inverse().Select(operation => new DraftEdit(operation))]));

        Assert.Equal(before, await IdsAsync());
        Assert.Equal(2, (await Publications.VersionsAsync(newsroom.Site, "ferry-1", 10))[0].Number);
    }

    [Fact]
    public async Task Two_who_post_at_once_are_both_in_the_draft()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(slot => Drafts.PostAsync(newsroom.Site, "ferry-1", 0, [Put(Pin($"story-{slot}", slot))], $"Editor {slot}")));

        Assert.Equal(8, (await Drafts.GetAsync(newsroom.Site, "ferry-1")).Operations.Count);
    }

    [Fact]
    public async Task Wherever_the_process_dies_all_of_a_publication_comes_or_none()
    {
        for (var writes = 0; ; writes++)
        {
            await using var place = await Newsroom.OpenAsync();
            await place.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));
            var draft = await place.Get<DraftStore>().PostAsync(
                place.Site, "ferry-1", 0, [Put(Pin("orchard-1", 1)), Put(new Block { Scope = OverrideScope.Site, Target = "ferry-3" })], "Ana");
            await using var dying = place.OpenAnother(store => new DyingStore(store, writes));
            var done = true;
            try
            {
                await dying.Get<PublicationStore>().PublishAsync(place.Site, "ferry-1", draft.Version, "Ana", "");
            }
            catch (TableUnavailableException)
            {
                done = false;
            }

            await place.Get<PublicationStore>().RecoverAsync(place.Site);
            var rules = await place.Get<OverrideTable>().AllAsync(place.Site);
            var versions = await place.Get<PublicationStore>().VersionsAsync(place.Site, "ferry-1", 10);
            var audit = await place.Get<AuditLog>().ListAsync(place.Site, null, 10);
            Assert.Equal((versions.Count * 2, versions.Count * 2), (rules.Count, audit.Count));
            Assert.Equal(versions.Count == 0 ? 2 : 0, (await place.Get<DraftStore>().GetAsync(place.Site, "ferry-1")).Operations.Count);
            Assert.True(!done || versions.Count == 1);
            if (done)
            {
                break;
            }

            Assert.True(writes < 100, "It never came to an end.");
        }
    }

    private static Pin Pin(string target, int slot) => new() { Scope = Page, Target = target, Slot = slot };

    private static DraftEdit Put(Override rule) => DraftEdit.Put(rule);

    private async Task<Draft> PostAsync(params DraftEdit[] edits) =>
        await Drafts.PostAsync(newsroom.Site, "ferry-1", (await Drafts.GetAsync(newsroom.Site, "ferry-1")).Version, edits, "Ana");

    private Task<Publication> PublishAsync(Draft draft, string note = "") => Publications.PublishAsync(newsroom.Site, "ferry-1", draft.Version, "Ana", note);

    private async Task<List<string>> IdsAsync(int count = 4) => [.. (await newsroom.ListAsync("ferry-1", count)).Items.Select(item => item.Card.Id)];
}
