using Recommender.Sites;

namespace Recommender.Tests.Sites;

public sealed class SiteCatalogTests
{
    private static readonly SiteCatalog Catalog = new(
    [
        new SiteOptions { Hosts = ["gazette.example", "*.gazette.example"] }.ToSite("gazette"),
        new SiteOptions { Hosts = ["sport.gazette.example"] }.ToSite("sport"),
        new SiteOptions { Hosts = ["Münchner-Bote.example"] }.ToSite("bote"),
    ]);

    [Theory]
    [InlineData("sport", "https://gazette.example/a", "sport")]
    [InlineData("nobody", "https://gazette.example/a", null)]
    [InlineData(null, "https://gazette.example/a", "gazette")]
    [InlineData("", "https://WWW.Gazette.example:8080/a", "gazette")]
    [InlineData(null, "https://sport.gazette.example/a", "sport")]
    [InlineData(null, "https://notgazette.example/a", null)]
    [InlineData(null, "https://münchner-bote.example/a", "bote")]
    [InlineData(null, "https://xn--mnchner-bote-dlb.example/a", "bote")]
    [InlineData(null, "no url", null)]
    [InlineData(null, "http://漢-", null)]
    [InlineData(null, null, null)]
    public void A_request_means_the_site_that_it_names_or_whose_host_it_has(string? id, string? url, string? site) =>
        Assert.Equal(site, Catalog.Find(id, url)?.Id);

    [Fact]
    public void The_only_site_is_meant_by_every_request_that_names_none()
    {
        var catalog = new SiteCatalog([new Site { Id = "gazette", Name = "The Gazette", Hosts = ["gazette.example"] }]);

        Assert.Equal("gazette", catalog.Find(null, "https://elsewhere.example/")?.Id);
        Assert.Equal("gazette", catalog.Find(null, null)?.Id);
        Assert.Null(catalog.Find("sport", null));
    }

    [Fact]
    public void Sites_are_listed_by_id_and_found_by_it()
    {
        Assert.Equal(["bote", "gazette", "sport"], Catalog.All.Select(site => site.Id));
        Assert.True(Catalog.TryGet("bote", out var site));
        Assert.Equal("bote", site.Name);
        Assert.False(Catalog.TryGet("Bote", out _));
    }

    [Fact]
    public async Task One_writer_at_a_time_is_let_in_and_sites_do_not_wait_for_each_other()
    {
        var gates = new SiteGates();
        Assert.True(Catalog.TryGet("gazette", out var gazette) & Catalog.TryGet("sport", out var sport));
        var first = await gates.EnterAsync(gazette!);

        var second = gates.EnterAsync(gazette!);
        (await gates.EnterAsync(sport!)).Dispose();
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();
        using (await second)
        {
            Assert.False(gates.EnterAsync(gazette!).IsCompleted);
        }
    }
}
