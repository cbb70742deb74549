using System.Text;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    [SkippableFact]
    public async Task Every_value_comes_back_as_it_was()
    {
        var values = new Dictionary<string, object>
        {
            ["Empty"] = "",
            ["Text"] = "Ünïcode 👩‍👩‍👧 中文 \u0001\t\r\n \"quoted\" <b>&amp; ' \\ / \u2028",
            ["Blank"] = "  spaces  ",
            ["LooksLikeNumber"] = "42",
            ["LooksLikeTime"] = "2021-10-18T00:00:00Z",
            ["NoBytes"] = Array.Empty<byte>(),
            ["Bytes"] = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(),
            ["Zero"] = 0L,
            ["Small"] = 7L,
            ["Least"] = long.MinValue,
            ["Most"] = long.MaxValue,
            ["Whole"] = 1.0,
            ["Tiny"] = double.Epsilon,
            ["Huge"] = double.MaxValue,
            ["Third"] = 1.0 / 3,
            ["Minus"] = -12.5,
            ["True"] = true,
            ["False"] = false,
            ["Now"] = new DateTimeOffset(2021, 10, 18, 17, 4, 59, TimeSpan.Zero).AddTicks(1_234_567),
            ["OneTick"] = new DateTimeOffset(2021, 10, 18, 0, 0, 0, TimeSpan.Zero).AddTicks(1),
            ["First"] = DateTimeOffset.MinValue,
            ["Last"] = DateTimeOffset.MaxValue,
        };
        await InsertAsync(new TableRow(Partition(), "row") { Properties = values });

        foreach (var row in new[] { await Table.GetAsync(Partition(), "row"), (await Table.QueryAsync(Partition(), RowRange.All, 1)).Rows[0] })
        {
            Assert.Equal(values.Keys.Order(StringComparer.Ordinal), row!.Properties.Keys.Order(StringComparer.Ordinal));
            Assert.All(values, value => Assert.Equal(value.Value, row.Properties[value.Key]));
        }
    }

    [SkippableFact]
    public async Task An_instant_comes_back_in_utc()
    {
        var local = new DateTimeOffset(2021, 10, 18, 23, 30, 0, TimeSpan.FromHours(-4)).AddTicks(7);
        await InsertAsync(new TableRow(Partition(), "row") { Properties = new Dictionary<string, object> { ["Published"] = local } });

        var read = (await Table.GetAsync(Partition(), "row"))!.Time("Published")!.Value;

        Assert.Equal((local.UtcTicks, TimeSpan.Zero), (read.UtcTicks, read.Offset));
    }

    [SkippableFact]
    public async Task A_row_may_have_no_values()
    {
        await InsertAsync(new TableRow(Partition(), "row"));

        Assert.Empty((await Table.GetAsync(Partition(), "row"))!.Properties);
    }

    [SkippableFact]
    public async Task A_row_takes_what_the_limits_allow()
    {
        var longest = new string('k', TableLimits.KeyLength);
        var text = string.Concat(Enumerable.Repeat("é中'<", TableLimits.BytesPerValue / 8));
        await InsertAsync(Sized(longest, longest, 15));
        await InsertAsync(new TableRow(longest, "text") { Properties = new Dictionary<string, object> { ["T"] = text } });
        await InsertAsync(new TableRow(longest, "many")
        {
            Properties = Enumerable.Range(0, TableLimits.ValuesPerRow).ToDictionary(i => $"P{i}", object (i) => (long)i),
        });

        Assert.Equal(15, (await Table.GetAsync(longest, longest))!.Properties.Count);
        Assert.Equal(text, (await Table.GetAsync(longest, "text"))!.Text("T"));
        Assert.Equal(TableLimits.ValuesPerRow, (await Table.GetAsync(longest, "many"))!.Properties.Count);
    }

    public static TheoryData<string, object> TooLarge() => new()
    {
        { "text", new string('x', (TableLimits.BytesPerValue / 2) + 1) },
        { "bytes", new byte[TableLimits.BytesPerValue + 1] },
        { "type", 1.5m },
        { "type of number", 1 },
        { "infinity", double.PositiveInfinity },
    };

    [SkippableTheory]
    [MemberData(nameof(TooLarge))]
    public async Task A_value_that_no_table_holds_is_refused(string row, object value)
    {
        var refused = new TableRow(Partition(), row) { Properties = new Dictionary<string, object> { ["Value"] = value } };

        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(refused));
        Assert.Null(await Table.GetAsync(Partition(), row));
    }

    [SkippableTheory]
    [InlineData("PartitionKey")]
    [InlineData("Timestamp")]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("with-dash")]
    [InlineData("double__underscore")]
    public async Task A_name_that_no_table_holds_is_refused(string name)
    {
        var refused = new TableRow(Partition(), "row") { Properties = new Dictionary<string, object> { [name] = "x" } };

        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(refused));
    }

    [SkippableFact]
    public async Task A_row_larger_than_a_mebibyte_or_of_too_many_values_is_refused()
    {
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(Sized(Partition(), "row", 16)));
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(Sized(Partition(), "row", TableLimits.ValuesPerRow + 1, 1)));
    }

    [SkippableTheory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    public async Task A_key_with_a_forbidden_character_is_refused(string key)
    {
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(Row(Partition(), key)));
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(Row(key, "row")));
    }

    [SkippableFact]
    public async Task A_key_with_half_a_surrogate_pair_is_refused()
    {
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(Row(Partition(), "half \ud83d")));
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(Row(Partition(), "\ude00 half")));
        await InsertAsync(Row(Partition(), "whole \ud83d\ude00"));
        Assert.Equal(["whole \ud83d\ude00"], await KeysAsync(Partition()));
    }

    [SkippableFact]
    public async Task What_keys_builds_from_any_text_is_taken()
    {
        string[] segments = ["/\\#?", "%2F%", "&=+", "été", "👩‍👩‍👧", "\t\n\0", "a b", "'", "~", "*", ""];
        foreach (var segment in segments)
        {
            await InsertAsync(Row(Keys.Join(Partition(), segment), Keys.Join("row", segment), segment + "."));
            var read = await Table.GetAsync(Keys.Join(Partition(), segment), Keys.Join("row", segment));
            Assert.Equal(segment + ".", read!.Text("Title"));
        }
    }

    [SkippableFact]
    public async Task Any_of_ascii_that_a_key_may_hold_is_taken()
    {
        for (var c = ' '; c <= '~'; c++)
        {
            if (TableLimits.IsKey(c.ToString()))
            {
                await InsertAsync(Row(Partition(), new StringBuilder("k").Append(c).Append('k').ToString(), c.ToString()));
            }
        }

        var read = new List<string>();
        await foreach (var row in Table.QueryAllAsync(Partition()))
        {
            Assert.Equal($"k{row.Text("Title")}k", row.RowKey);
            Assert.Equal(row.Text("Title"), (await Table.GetAsync(Partition(), row.RowKey))!.Text("Title"));
            read.Add(row.RowKey);
        }

        Assert.Equal(95 - 4, read.Count);
        Assert.Equal(read.Order(StringComparer.Ordinal), read);
    }
}
