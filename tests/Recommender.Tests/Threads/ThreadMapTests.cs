using CsCheck;
using Recommender.Threads;

namespace Recommender.Tests.Threads;

public sealed class ThreadMapTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_says_what_was_put_last_whatever_was_put_and_removed_before() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[-1, 3], Gen.Int[0, 5]).Array[0, 60].Sample(steps =>
        {
            var map = new ThreadMap();
            var expected = new Dictionary<string, (ThreadMember Member, StoryThread? Thread)>();
            foreach (var (article, thread, day) in steps)
            {
                var member = new ThreadMember(Start.AddDays(day), $"s{article}");
                if (thread < 0)
                {
                    map.Remove(member.Id);
                    expected.Remove(member.Id);
                }
                else
                {
                    var story = thread == 0 ? null : new StoryThread($"t{thread}", "Story");
                    map.Put(member, story);
                    expected[member.Id] = (member, story);
                }
            }

            Assert.Equal(expected.Keys.Order(), map.Ids.Order());
            Assert.All(expected, entry => Assert.Equal(entry.Value.Thread, map.ThreadOf(entry.Key)));
            foreach (var thread in new[] { "t1", "t2", "t3" })
            {
                var members = expected.Values.Where(entry => entry.Thread?.Id == thread).Select(entry => entry.Member);
                Assert.Equal(members.OrderBy(member => member.Published).ThenBy(member => member.Id, StringComparer.Ordinal), map.Members(thread));
            }
        });

    [Fact]
    public void What_changed_is_told_until_it_is_settled_and_what_was_read_from_the_store_is_not()
    {
        var map = new ThreadMap();
        var story = new StoryThread("t", "Story");
        map.Learn(new ThreadMember(Start, "read"), story);
        map.Put(new ThreadMember(Start, "found"), story);
        map.Put(new ThreadMember(Start, "found"), story);
        map.Put(new ThreadMember(Start, "alone"), null);

        Assert.Equal(["alone", "found"], map.Changed);

        map.Settle(["alone"]);
        map.TakeOut("found");

        Assert.Equal(["read"], map.Changed);
        Assert.Null(map.ThreadOf("read"));
    }

    [Fact]
    public void Those_around_an_article_are_the_nearest_in_time_and_of_two_as_near_the_later() =>
        Gen.Select(Gen.Int[0, 12].Array[0, 9], Gen.Int[0, 12], Gen.Int[1, 5]).Sample((hours, at, most) =>
        {
            var map = new ThreadMap();
            var members = hours.Select((hour, place) => new ThreadMember(Start.AddHours(hour), $"s{place}")).ToList();
            members.ForEach(member => map.Put(member, new StoryThread("t", "Story")));
            var self = new ThreadMember(Start.AddHours(at), "self");

            var nearest = members.OrderBy(member => (member.Published - self.Published).Duration()).ThenByDescending(member => member.Published >= self.Published)
                .Select(member => (member.Published - self.Published).Duration()).Take(most).Order();
            var around = map.Around("t", self, most);

            Assert.Equal(nearest, around.Select(member => (member.Published - self.Published).Duration()).Order());
            Assert.Equal(around.Order(ThreadMember.Order), around);
            Assert.Empty(map.Around("other", self, most));
        });
}
