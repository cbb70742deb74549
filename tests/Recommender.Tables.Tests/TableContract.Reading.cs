using Recommender.Tables;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    [SkippableFact]
    public async Task A_missing_row_is_null()
    {
        Assert.Null(await Table.GetAsync(Partition(), "none"));
    }

    [SkippableFact]
    public async Task A_key_that_no_row_can_have_reads_as_missing()
    {
        Assert.Null(await Table.GetAsync(Partition(), "a/b"));
        Assert.Null(await Table.GetAsync("a?b", "row"));
        Assert.Null(await Table.GetAsync(Partition(), new string('k', TableLimits.KeyLength + 1)));
        Assert.Empty((await Table.QueryAsync("a#b", RowRange.All, 10)).Rows);
    }

    [SkippableFact]
    public async Task A_row_reads_back_with_its_keys_values_and_etag()
    {
        var etag = await InsertAsync(Row(Partition(), "it's ~ =2F", "Title's \"quotes\""));

        var row = await Table.GetAsync(Partition(), "it's ~ =2F");

        Assert.Equal((Partition(), "it's ~ =2F", "Title's \"quotes\"", etag), (row!.PartitionKey, row.RowKey, row.Text("Title"), row.ETag));
        Assert.Equal(["Title"], row.Properties.Keys);
        var page = await Table.QueryAsync(Partition(), RowRange.All, 10);
        Assert.Equal((etag, "it's ~ =2F"), (page.Rows[0].ETag, page.Rows[0].RowKey));
    }

    [SkippableFact]
    public async Task A_partition_with_an_apostrophe_is_only_a_name()
    {
        await FillAsync("o'clock", ["1", "2"]);
        await FillAsync("o''clock", ["3"]);

        Assert.Equal(["1", "2"], await KeysAsync("o'clock"));
    }

    [SkippableFact]
    public async Task Rows_come_in_ordinal_order_whatever_the_order_of_writing()
    {
        string[] ordered = ["-", ".", "0", "00", "1", "10", "2", "=41", "A", "Z", "_", "a", "a-b", "aA", "a~", "aa", "b", "z", "~"];
        await FillAsync(Partition(), ordered.Order(StringComparer.OrdinalIgnoreCase).Reverse());

        Assert.Equal(ordered.Order(StringComparer.Ordinal), await KeysAsync(Partition()));
    }

    [SkippableFact]
    public async Task A_range_starts_at_its_first_key_and_ends_before_its_last()
    {
        await FillAsync(Partition(), ["a", "b", "b~1", "b~2", "b~2~x", "c", "d"]);

        Assert.Equal(["b", "b~1", "b~2", "b~2~x"], await KeysAsync(Partition(), new RowRange("b", "c")));
        Assert.Equal(["c", "d"], await KeysAsync(Partition(), new RowRange("c")));
        Assert.Equal(["a", "b"], await KeysAsync(Partition(), new RowRange(To: "b~1")));
        Assert.Equal(7, (await KeysAsync(Partition(), RowRange.All)).Count);
        Assert.Empty(await KeysAsync(Partition(), new RowRange("c", "c")));
        Assert.Empty(await KeysAsync(Partition(), new RowRange("x", "c")));
    }

    [SkippableFact]
    public async Task A_prefix_finds_the_keys_that_start_with_it()
    {
        await FillAsync(Partition(), ["a", "b", "b.", "b.1", "b0", "b~", "b~1", "b~~", "ba", "c"]);

        Assert.Equal(["b~", "b~1", "b~~"], await KeysAsync(Partition(), RowRange.StartingWith("b~")));
        Assert.Equal(["b.", "b.1"], await KeysAsync(Partition(), RowRange.StartingWith("b.")));
        Assert.Equal(["b", "b.", "b.1", "b0", "ba", "b~", "b~1", "b~~"], await KeysAsync(Partition(), RowRange.StartingWith("b")));
        Assert.Equal(10, (await KeysAsync(Partition(), RowRange.StartingWith(""))).Count);
    }

    [SkippableFact]
    public async Task A_query_stays_in_its_partition_and_table()
    {
        await FillAsync(Partition(), ["1"]);
        await FillAsync(Partition() + "~", ["2"]);
        await store.Table(TableNames.Feeds).SubmitAsync(RowChange.Insert(Row(Partition(), "3")));

        Assert.Equal(["1"], await KeysAsync(Partition()));
        Assert.Empty(await KeysAsync(Partition() + "~another"));
    }

    [SkippableFact]
    public async Task Pages_of_any_size_go_on_where_the_last_one_ended()
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"k{i:D2}").ToList();
        await FillAsync(Partition(), keys);
        foreach (var take in new[] { 1, 7, 24, 25, 26 })
        {
            var read = new List<string>();
            string? continuation = null;
            do
            {
                var page = await Table.QueryAsync(Partition(), new RowRange("k02", "k24"), take, continuation);
                Assert.InRange(page.Rows.Count, 0, take);
                read.AddRange(page.Rows.Select(row => row.RowKey));
                continuation = page.Continuation;
            }
            while (continuation is not null);

            Assert.Equal(keys[2..24], read);
        }
    }

    [SkippableFact]
    public async Task More_than_a_thousand_rows_come_in_several_pages()
    {
        var keys = Enumerable.Range(0, 1_203).Select(i => $"{i:D4}").ToList();
        await FillAsync(Partition(), keys);

        var first = await Table.QueryAsync(Partition(), RowRange.All, TableLimits.RowsPerPage);

        Assert.NotNull(first.Continuation);
        Assert.Equal(keys, await KeysAsync(Partition()));
    }

    [SkippableFact]
    public async Task A_page_holds_one_to_a_thousand_rows()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Table.QueryAsync(Partition(), RowRange.All, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Table.QueryAsync(Partition(), RowRange.All, TableLimits.RowsPerPage + 1));
    }
}
