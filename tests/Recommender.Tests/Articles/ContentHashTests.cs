using Recommender.Articles;

namespace Recommender.Tests.Articles;

public sealed class ContentHashTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Article Story = new()
    {
        Id = "ferry",
        Url = "https://gazette.example/ferry",
        Title = "Ferry",
        Dek = "Talks",
        Body = "Crews",
        Published = Published,
        Language = "en",
        Topics = [new Topic("harbour", "Harbour")],
        Authors = ["Ana"],
        Links = ["https://gazette.example/a"],
        Image = new ArticleImage("https://gazette.example/a.jpg", "A", 1, 2),
    };

    public static TheoryData<string> Fields => ["id", "url", "title", "dek", "body", "published", "updated", "language", "topic", "slug", "author", "links", "image", "alt", "width", "height", "evergreen", "none"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_change_of_any_field_changes_the_hash(string field)
    {
        var changed = field switch
        {
            "id" => Story with { Id = "x" },
            "url" => Story with { Url = "x" },
            "title" => Story with { Title = "x" },
            "dek" => Story with { Dek = "x" },
            "body" => Story with { Body = "x" },
            "published" => Story with { Published = Published.AddTicks(1) },
            "updated" => Story with { Updated = Published.AddDays(1) },
            "language" => Story with { Language = "x" },
            "topic" => Story with { Topics = [new Topic("harbour", "HARBOUR")] },
            "slug" => Story with { Topics = [new Topic("harbours", "Harbour")] },
            "author" => Story with { Authors = ["Ana", "Ben"] },
            "links" => Story with { Links = [] },
            "image" => Story with { Image = Story.Image! with { Url = "x" } },
            "alt" => Story with { Image = Story.Image! with { Alt = "" } },
            "width" => Story with { Image = Story.Image! with { Width = null } },
            "evergreen" => Story with { Evergreen = true },
            "height" => Story with { Image = Story.Image! with { Height = 3 } },
            _ => Story with { Image = null },
        };

        Assert.NotEqual(ContentHash.Of(Story), ContentHash.Of(changed));
    }

    [Fact]
    public void Text_does_not_slip_from_one_field_into_the_next()
    {
        Assert.NotEqual(ContentHash.Of(Story with { Title = "Ferry talks", Dek = "" }), ContentHash.Of(Story with { Title = "Ferry", Dek = " talks" }));
        Assert.NotEqual(ContentHash.Of(Story with { Authors = ["a", "b"], Links = [] }), ContentHash.Of(Story with { Authors = ["a"], Links = ["b"] }));
    }

    [Fact]
    public void The_hash_is_the_same_in_every_process_and_zone()
    {
        Assert.Equal(ContentHash.Of(Story), ContentHash.Of(Story with { Published = Published.ToOffset(TimeSpan.FromHours(5)), Topics = [.. Story.Topics] }));

        // Changing it makes the next import of every publisher write everything anew.
        Assert.Equal("6db76149d98abde1fe7c805fa5eaa0ea", ContentHash.Of(Story));
    }
}
