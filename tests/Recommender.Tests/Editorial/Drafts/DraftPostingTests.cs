using CsCheck;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;

namespace Recommender.Tests.Editorial.Drafts;

public sealed class DraftPostingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly OverrideScope Page = OverrideScope.Page("page");

    [Fact]
    public void Different_slots_and_stories_merge_whatever_version_was_seen()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));
        draft = Post(draft, 0, "Ben", Pin("b", 2));
        draft = Post(draft, 0, "Cem", DraftEdit.Put(new Block { Scope = OverrideScope.Site, Target = "a" }));

        Assert.Equal((3, "a b a"), (draft.Version, string.Join(' ', draft.Operations.Select(operation => operation.Subject.Target))));
        Assert.Equal(["Ana", "Ben", "Cem"], draft.Operations.Select(operation => operation.Author));
    }

    [Fact]
    public void The_same_slot_is_a_conflict_that_carries_both()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));

        var conflict = Assert.Throws<DraftConflictException>(() => Post(draft, 0, "Ben", Pin("b", 1)));

        var clash = Assert.Single(conflict.Clashes);
        Assert.Equal(("b", "a", "Ana"), (clash.Mine.Operation.Subject.Target, clash.Theirs.Subject.Target, clash.Theirs.Author));
        Assert.Same(draft, conflict.Current);
        Assert.Equal("a b", string.Join(' ', Post(draft, conflict.Current.Version, "Ben", Pin("b", 1)).Operations.Select(operation => operation.Subject.Target)));
    }

    [Fact]
    public void The_same_story_is_a_conflict_even_when_one_pins_and_the_other_blocks()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));

        Assert.Throws<DraftConflictException>(() => Post(draft, 0, "Ben", DraftEdit.Put(new Block { Scope = Page, Target = "a" })));
        Assert.Throws<DraftConflictException>(() => Post(draft, 0, "Ben", Pin("a", 2)));
    }

    [Fact]
    public void What_was_taken_back_meanwhile_is_a_conflict_too()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));
        var taken = Post(draft, 1, "Ben", DraftEdit.Drop(new Subject("pin", Page, "a")));

        Assert.Empty(taken.Operations);
        Assert.Throws<DraftConflictException>(() => Post(taken, 1, "Cem", Pin("a", 3)));
    }

    [Fact]
    public void The_same_twice_and_ones_own_earlier_post_are_none()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));

        Assert.Same(draft, Post(draft, 0, "Ben", Pin("a", 1)));
        Assert.Equal(2, Assert.Single(Post(draft, 0, "Ana", Pin("a", 2)).Operations).Slot);
    }

    [Fact]
    public void What_holds_already_is_no_operation()
    {
        var live = new Pin { Scope = Page, Target = "a", Slot = 1, Author = "Zoe", ETag = "7" };
        Draft Apply(Draft draft, DraftEdit edit) => DraftPosting.Apply(draft, draft.Version, [edit], "Ana", Now, subject => subject == Subject.Of(live) ? live : null);

        Assert.Empty(Apply(new Draft { Page = "page" }, Pin("a", 1)).Operations);
        Assert.Empty(Apply(new Draft { Page = "page" }, DraftEdit.Take(new Subject("block", Page, "a"))).Operations);
        Assert.Same(live, Assert.Single(Apply(new Draft { Page = "page" }, DraftEdit.Take(Subject.Of(live))).Operations).Base);
        Assert.Empty(Apply(Apply(new Draft { Page = "page" }, Pin("a", 2)), Pin("a", 1)).Operations);
    }

    [Fact]
    public void Undo_takes_back_ones_own_last_post_one_after_the_other()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));
        draft = Post(draft, 1, "Ana", Pin("a", 2));
        draft = Post(draft, 2, "Ben", Pin("b", 5));

        draft = DraftPosting.Undo(draft, "Ana", Now);
        Assert.Equal([5, 1], draft.Operations.Select(operation => operation.Slot!.Value));
        draft = DraftPosting.Undo(draft, "Ana", Now);
        Assert.Equal("b", Assert.Single(draft.Operations).Subject.Target);
        Assert.Same(draft, DraftPosting.Undo(draft, "Ana", Now));
    }

    [Fact]
    public void Undo_does_not_take_back_what_another_decided_about_the_same()
    {
        var draft = Post(new Draft { Page = "page" }, 0, "Ana", Pin("a", 1));
        draft = Post(draft, 1, "Ben", Pin("a", 2));

        Assert.Throws<DraftConflictException>(() => DraftPosting.Undo(draft, "Ana", Now));
    }

    [Fact]
    public void What_is_not_valid_is_refused_field_by_field()
    {
        var failure = Assert.Throws<DraftInvalidException>(() => Post(new Draft { Page = "page" }, 0, "Ana", Pin("page", 0)));

        Assert.Equal(["target", "slot"], failure.Errors.Select(error => error.Field));
    }

    [Fact]
    public void A_draft_holds_only_so_many()
    {
        var draft = new Draft { Page = "page" };
        for (var i = 0; i < Operations.Most; i++)
        {
            draft = Post(draft, draft.Version, "Ana", DraftEdit.Put(new Block { Scope = Page, Target = $"story-{i}" }));
        }

        Assert.Throws<DraftInvalidException>(() => Post(draft, draft.Version, "Ana", DraftEdit.Put(new Block { Scope = Page, Target = "more" })));
    }

    [Fact]
    public void Whoever_saw_too_little_is_asked_to_look_again()
    {
        var draft = new Draft { Page = "page" };
        for (var i = 0; i <= Draft.PostsKept; i++)
        {
            draft = Post(draft, draft.Version, "Ana", Pin("a", 1 + (i % 20)));
        }

        Assert.Empty(Assert.Throws<DraftConflictException>(() => Post(draft, 0, "Ben", DraftEdit.Put(new Block { Scope = OverrideScope.Site, Target = "z" }))).Clashes);
    }

    [Fact]
    public void Whatever_is_posted_each_subject_stands_once_and_undoing_all_leaves_nothing()
    {
        var post = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 4], Gen.Int[0, 2]);
        post.List.Select(list => list.Take(40).ToList()).Sample(posts =>
        {
            var draft = new Draft { Page = "page" };
            foreach (var (story, slot, kind) in posts)
            {
                var edit = kind switch { 0 => Pin($"s{story}", slot), 1 => DraftEdit.Put(new Block { Scope = Page, Target = $"s{story}" }), _ => DraftEdit.Drop(new Subject("pin", Page, $"s{story}")) };
                draft = Post(draft, draft.Version, "Ana", edit);
            }

            var isOnce = draft.Operations.DistinctBy(operation => operation.Subject).Count() == draft.Operations.Count;
            for (var i = 0; i < posts.Count; i++)
            {
                draft = DraftPosting.Undo(draft, "Ana", Now);
            }

            return isOnce && draft.Operations.Count == 0;
        });
    }

    private static DraftEdit Pin(string target, int slot) => DraftEdit.Put(new Pin { Scope = Page, Target = target, Slot = slot });

    private static Draft Post(Draft draft, long seen, string author, DraftEdit edit) => DraftPosting.Apply(draft, seen, [edit], author, Now, _ => null);
}
