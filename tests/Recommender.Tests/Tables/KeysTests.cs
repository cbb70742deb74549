using CsCheck;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

public sealed class KeysTests
{
    // Well-formed text of any script, with what a key treats in a special way overrepresented.
    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char["/\\#?~=%*-_. \t\n\u0000\u0085aAé漢"], Gen.Char.Where(c => !char.IsSurrogate(c))), 0, 20];

    private static readonly Gen<DateTimeOffset> Instants = Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    [Theory]
    [InlineData("gazette", "gazette")]
    [InlineData("A-b_c.9", "A-b_c.9")]
    [InlineData("a/b\\c#d?e", "a=2Fb=5Cc=23d=3Fe")]
    [InlineData("a~b=c", "a=7Eb=3Dc")]
    [InlineData("*", "=2A")]
    [InlineData("\u0000\u001f\u007f\u0085", "=00=1F=7F=C2=85")]
    [InlineData("é漢😀", "=C3=A9=E6=BC=A2=F0=9F=98=80")]
    [InlineData("", "")]
    public void A_segment_keeps_plain_characters_and_escapes_the_others(string text, string key)
    {
        Assert.Equal(key, Keys.Join(text));
        Assert.Equal(text, Keys.ParseRow(key));
        Assert.True(TableLimits.IsKey(key));
    }

    [Fact]
    public void Any_texts_come_back_from_their_key_which_a_table_can_hold() => Texts.Array[1, 4].Sample(texts =>
    {
        var key = Keys.Join(texts);
        return Keys.Split(key).SequenceEqual(texts) && (key.Length > TableLimits.KeyLength || TableLimits.IsKey(key));
    });

    [Fact]
    public void Different_texts_never_have_the_same_key() => Gen.Select(Texts.Array[1, 3], Texts.Array[1, 3]).Sample((left, right) =>
        left.SequenceEqual(right) == (Keys.Join(left) == Keys.Join(right)));

    [Fact]
    public void An_empty_segment_counts()
    {
        Assert.Equal("~a", Keys.Join("", "a"));
        Assert.Equal("a~", Keys.Join("a", ""));
        Assert.Equal("~", Keys.Join("", ""));
    }

    [Theory]
    [InlineData("a=2")]
    [InlineData("a=")]
    [InlineData("a=ZZ")]
    public void A_key_that_was_not_made_here_is_refused(string key) => Assert.Throws<FormatException>(() => Keys.Split(key));

    [Fact]
    public void Of_two_instants_the_later_comes_first_and_an_instant_and_id_come_back() => Gen.Select(Instants, Texts, Instants, Texts).Sample((first, one, second, other) =>
    {
        var (left, right) = (Keys.Newest(first, one), Keys.Newest(second, other));
        Assert.Equal((first, one), Keys.ParseNewest(left));
        if (first != second)
        {
            Assert.Equal(first > second, string.CompareOrdinal(left, right) < 0);
        }
    });

    [Fact]
    public void In_a_log_the_earlier_comes_first() => Gen.Select(Instants, Texts, Instants, Texts).Sample((first, one, second, other) =>
        first == second || first < second == string.CompareOrdinal(Keys.Oldest(first, one), Keys.Oldest(second, other)) < 0);

    [Fact]
    public void A_range_from_an_instant_holds_that_instant_and_nothing_beyond() => Gen.Select(Instants, Texts, Instants).Sample((instant, id, border) =>
    {
        Assert.Equal(instant <= border, string.CompareOrdinal(Keys.Newest(instant, id), Keys.NoLaterThan(border)) >= 0);
        Assert.Equal(instant >= border, string.CompareOrdinal(Keys.Oldest(instant, id), Keys.NoEarlierThan(border)) >= 0);
    });

    [Fact]
    public void Months_are_of_utc_come_back_from_their_rows_and_the_later_comes_first() => Gen.Select(Instants, Instants).Sample((left, right) =>
    {
        var (one, other) = (Keys.Month(left), Keys.Month(right));
        Assert.Equal(one, Keys.ParseMonthRow(Keys.MonthRow(one)));
        Assert.Equal(string.CompareOrdinal(one, other) > 0, string.CompareOrdinal(Keys.MonthRow(one), Keys.MonthRow(other)) < 0);
        Assert.Equal(one, Keys.Month(left == DateTimeOffset.MaxValue || left.UtcTicks < TimeSpan.TicksPerDay ? left : left.ToOffset(TimeSpan.FromHours(-5))));
    });

    [Fact]
    public void Buckets_never_change_and_are_used_evenly()
    {
        // Another bucket for an id loses every article that is stored.
        Assert.Equal(("29", "3a"), (Keys.Bucket("ferry-1"), Keys.Bucket("статья")));

        var sizes = Enumerable.Range(0, 64_000).GroupBy(i => Keys.Bucket($"story-{i}")).Select(bucket => bucket.Count()).ToList();
        Assert.Equal(Keys.Buckets, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 850, 1_150));
    }

    [Fact]
    public void The_partitions_of_a_site_are_those_its_articles_fall_into() => Texts.Sample(id =>
    {
        var partitions = Keys.BucketPartitions("gazette").ToList();
        return partitions.Distinct().Count() == Keys.Buckets && partitions.Contains(Keys.BucketPartition("gazette", id));
    });
}
