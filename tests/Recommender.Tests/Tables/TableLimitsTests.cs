using System.Text.Json;
using CsCheck;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

public sealed class TableLimitsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("a~b=2F", true)]
    [InlineData("漢😀", true)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a#b", false)]
    [InlineData("a?b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u007fb", false)]
    [InlineData("a\u0085b", false)]
    public void A_key_holds_no_character_that_table_storage_forbids(string key, bool isKey) => Assert.Equal(isKey, TableLimits.IsKey(key));

    [Fact]
    public void A_key_is_bounded_and_well_formed()
    {
        Assert.True(TableLimits.IsKey(new string('k', 512)));
        Assert.False(TableLimits.IsKey(new string('k', 513)));
        Assert.False(TableLimits.IsKey("a\ud83d"));
        Assert.False(TableLimits.IsKey("\ude00a"));
    }

    [Theory]
    [InlineData("Pages", true)]
    [InlineData("abc", true)]
    [InlineData("ab", false)]
    [InlineData("1abc", false)]
    [InlineData("a-b", false)]
    public void A_table_has_a_plain_name(string name, bool isName)
    {
        if (isName)
        {
            Assert.Equal(name, TableLimits.CheckTableName(name));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => TableLimits.CheckTableName(name));
        }
    }

    [Fact]
    public void A_batch_never_sends_more_than_is_counted_for_it() => Gen.String[0, 400].Where(TableLimits.IsWellFormed).Sample(text =>
    {
        var row = new TableRow("p", "r") { Properties = new Dictionary<string, object> { ["Text"] = text, ["Bytes"] = System.Text.Encoding.UTF8.GetBytes(text) } };

        return JsonSerializer.SerializeToUtf8Bytes(row.Properties).Length <= TableLimits.PayloadOf(row);
    });

    [Fact]
    public void Every_table_has_a_name_that_a_store_takes() =>
        Assert.All(TableNames.All, name => Assert.Equal(name, TableLimits.CheckTableName(name)));

    [Fact]
    public void Values_are_read_by_their_type()
    {
        var time = DateTimeOffset.UnixEpoch;
        var row = new TableRow("p", "r") { Properties = new Dictionary<string, object> { ["T"] = "t", ["N"] = 7L, ["R"] = 0.5, ["F"] = true, ["D"] = time, ["B"] = new byte[] { 1 } } };

        Assert.Equal(("t", 7L, 0.5, true, time), (row.Text("T"), row.Number("N"), row.Real("R"), row.Flag("F"), row.Time("D")));
        Assert.Equal([1], row.Bytes("B")!);
        Assert.Equal((null, null, null, false, null), (row.Text("N"), row.Number("R"), row.Real("T"), row.Flag("Missing"), row.Time("T")));
    }
}
