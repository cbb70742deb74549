using CsCheck;
using Recommender.Articles;

namespace Recommender.Tests.Articles;

public sealed class CanonicalUrlTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly Gen<string> Words = Gen.String[Gen.OneOf(Gen.Char[Letters], Gen.Char["0123456789-_.~"]), 1, 8].Where(word => word.Trim('.').Length > 0);
    private static readonly Gen<string> Hosts = Gen.Select(Gen.String[Gen.Char[Letters], 1, 10], Gen.OneOf("example", "com", "co.uk"), (name, top) => $"{name}.{top}");
    private static readonly Gen<string> Paths = Words.Array[0, 4].Select(words => string.Concat(words.Select(word => "/" + word)));
    private static readonly Gen<string[]> Queries = Gen.Select(Words, Words, (name, value) => $"{name}={value}").Array[0, 3];
    private static readonly Gen<string> Tracking = Gen.Select(
        Gen.OneOf("utm_source", "UTM_Medium", "utm%5Fcampaign", "fbclid", "gclid", "mc_eid", "_hsenc", "ref_src", "at_medium"), Words, (name, value) => $"{name}={value}");

    // Whatever people type, with what a URL treats in a special way overrepresented.
    private static readonly Gen<string> Anything = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["/\\.%?#&=:@[]~+ aA0é漢\ud800\udc00\t"], 0, 30].Select(rest => "https://h.example" + rest),
        Gen.String[Gen.Char["/\\.%?#&=:@[]~+ aA0é漢\ud800\udc00\t-xn"], 0, 30].Select(rest => "http://" + rest));

    [Theory]
    [InlineData("https://gazette.example/2021/10/story", "https://gazette.example/2021/10/story")]
    [InlineData("HTTPS://Gazette.EXAMPLE/2021/Story/", "https://gazette.example/2021/Story")]
    [InlineData("https://gazette.example:443/story#comments", "https://gazette.example/story")]
    [InlineData("http://gazette.example:80", "http://gazette.example/")]
    [InlineData("http://gazette.example:8080/", "http://gazette.example:8080/")]
    [InlineData("  https://gazette.example/a/../b/./c  ", "https://gazette.example/b/c")]
    [InlineData("https://ana:secret@gazette.example/story", "https://gazette.example/story")]
    [InlineData("https://gazette.example/story?id=7&utm_source=mail&page=2&fbclid=x", "https://gazette.example/story?id=7&page=2")]
    [InlineData("https://gazette.example/story?utm_source=mail", "https://gazette.example/story")]
    [InlineData("https://gazette.example/story?", "https://gazette.example/story")]
    [InlineData("https://gazette.example/%7Eana/%c3%a9t%C3%A9", "https://gazette.example/~ana/%C3%A9t%C3%A9")]
    [InlineData("https://gazette.example/été à paris", "https://gazette.example/%C3%A9t%C3%A9%20%C3%A0%20paris")]
    [InlineData("https://münchen.example/", "https://xn--mnchen-3ya.example/")]
    [InlineData("https://gazette.example/100%/sure", "https://gazette.example/100%25/sure")]
    [InlineData("https://gazette.example/a%2Fb", "https://gazette.example/a%2Fb")]
    [InlineData("https://[2001:DB8::1]/story", "https://[2001:db8::1]/story")]
    [InlineData("https://gazette.example./story", "https://gazette.example/story")]
    public void A_page_has_one_spelling(string url, string canonical)
    {
        Assert.True(CanonicalUrl.TryParse(url, out var parsed));
        Assert.Equal(canonical, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("/story")]
    [InlineData("gazette.example/story")]
    [InlineData("//gazette.example/story")]
    [InlineData("ftp://gazette.example/story")]
    [InlineData("mailto:ana@gazette.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://.")]
    public void What_is_no_web_address_is_refused(string? url)
    {
        Assert.False(CanonicalUrl.TryParse(url, out var canonical));
        Assert.Null(canonical);
    }

    [Fact]
    public void A_url_that_is_too_long_is_refused()
    {
        Assert.True(CanonicalUrl.TryParse("https://h.example/" + new string('a', CanonicalUrl.MaxLength - 18), out _));
        Assert.False(CanonicalUrl.TryParse("https://h.example/" + new string('a', CanonicalUrl.MaxLength - 17), out _));
        Assert.False(CanonicalUrl.TryParse("https://h.example/" + new string('é', CanonicalUrl.MaxLength / 5), out _));
    }

    [Fact]
    public void Nothing_throws_and_canonicalising_twice_changes_nothing_more() => Anything.Sample(url =>
    {
        if (CanonicalUrl.TryParse(url, out var once))
        {
            Assert.True(CanonicalUrl.TryParse(once, out var twice), once);
            Assert.Equal(once, twice);
            Assert.All(once, c => Assert.True(c is > ' ' and < (char)127));
        }
    }, iter: 20_000);

    [Fact]
    public void Where_a_reader_came_from_never_matters() =>
        Gen.Select(Hosts, Paths, Queries, Tracking.Array[1, 3], Words, Gen.Int[0, 1000]).Sample((host, path, query, tracking, fragment, seed) =>
        {
            var mixed = query.ToList();
            foreach (var parameter in tracking)
            {
                mixed.Insert(new Random(seed).Next(mixed.Count + 1), parameter);
            }

            Assert.Equal(
                Canonical($"https://{host}{path}" + (query.Length > 0 ? "?" + string.Join('&', query) : "")),
                Canonical($"HTTPS://{host.ToUpperInvariant()}:443{path}/?{string.Join('&', mixed)}#{fragment}"));
        });

    [Fact]
    public void Percent_encoding_of_plain_characters_never_matters() => Gen.Select(Hosts, Paths, Queries).Sample((host, path, query) =>
        Assert.Equal(
            Canonical($"https://{host}{path}?{string.Join('&', query)}"),
            Canonical($"https://{host}{Escape(path, "/")}?{Escape(string.Join('&', query), "&=")}")));

    [Fact]
    public void Distinct_pages_stay_distinct() =>
        Gen.Select(Hosts, Paths, Queries, Gen.Select(Hosts, Paths, Queries)).Sample((host, path, query, other) =>
        {
            var isSame = (host, path) == (other.Item1, other.Item2) && query.SequenceEqual(other.Item3);
            Assert.Equal(isSame, Canonical($"https://{host}{path}?{string.Join('&', query)}") == Canonical($"https://{other.Item1}{other.Item2}?{string.Join('&', other.Item3)}"));
        });

    [Theory]
    [InlineData("https://gazette.example/story", "http://gazette.example/story")]
    [InlineData("https://gazette.example/story", "https://www.gazette.example/story")]
    [InlineData("https://gazette.example/story", "https://gazette.example/Story")]
    [InlineData("https://gazette.example/a%2Fb", "https://gazette.example/a/b")]
    [InlineData("https://gazette.example/?a=1&b=2", "https://gazette.example/?b=2&a=1")]
    [InlineData("https://gazette.example/?q=a%26b", "https://gazette.example/?q=a&b")]
    [InlineData("https://gazette.example/?source=7", "https://gazette.example/?source=8")]
    [InlineData("https://gazette.example:8443/story", "https://gazette.example/story")]
    public void What_may_be_another_page_stays_apart(string left, string right) => Assert.NotEqual(Canonical(left), Canonical(right));

    private static string Canonical(string url)
    {
        Assert.True(CanonicalUrl.TryParse(url, out var canonical), url);
        return canonical;
    }

    private static string Escape(string text, string keep) =>
        string.Concat(text.Select(c => keep.Contains(c, StringComparison.Ordinal) || c == '.' ? c.ToString() : $"%{(int)c:x2}"));
}
