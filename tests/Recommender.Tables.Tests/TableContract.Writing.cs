using Recommender.Tables;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    [SkippableFact]
    public async Task Insert_refuses_a_row_that_exists_and_leaves_it()
    {
        var etag = await InsertAsync(Row(Partition(), "row", "first"));

        var conflict = await Assert.ThrowsAsync<RowConflictException>(() => InsertAsync(Row(Partition(), "row", "second")));

        Assert.Equal("row", conflict.RowKey);
        var row = await Table.GetAsync(Partition(), "row");
        Assert.Equal(("first", etag), (row!.Text("Title"), row.ETag));
    }

    [SkippableFact]
    public async Task Upsert_writes_a_new_row_and_replaces_an_old_one_whole()
    {
        var first = await Table.SubmitAsync(RowChange.Upsert(Row(Partition(), "row", "first")));
        var bare = new TableRow(Partition(), "row") { Properties = new Dictionary<string, object> { ["Other"] = 2L } };

        var second = await Table.SubmitAsync(RowChange.Upsert(bare));

        var row = await Table.GetAsync(Partition(), "row");
        Assert.NotEqual(first, second);
        Assert.Equal(["Other"], row!.Properties.Keys);
        Assert.Equal(second, row.ETag);
    }

    [SkippableFact]
    public async Task Update_replaces_the_row_that_was_read()
    {
        var etag = await InsertAsync(Row(Partition(), "row", "first"));

        var updated = await Table.SubmitAsync(RowChange.Update(Row(Partition(), "row", "second"), etag));

        var row = await Table.GetAsync(Partition(), "row");
        Assert.Equal(("second", updated), (row!.Text("Title"), row.ETag));
        Assert.NotEqual(etag, updated);
    }

    [SkippableFact]
    public async Task Update_and_conditional_delete_refuse_an_old_etag()
    {
        var old = await InsertAsync(Row(Partition(), "row", "first"));
        await Table.SubmitAsync(RowChange.Update(Row(Partition(), "row", "second"), old));

        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Update(Row(Partition(), "row", "third"), old)));
        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Delete(Partition(), "row", old)));

        Assert.Equal("second", (await Table.GetAsync(Partition(), "row"))!.Text("Title"));
    }

    [SkippableFact]
    public virtual async Task Update_and_conditional_delete_refuse_a_missing_row()
    {
        var etag = await InsertAsync(Row(Partition(), "row"));
        await Table.SubmitAsync(RowChange.Delete(Partition(), "row", etag));

        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Update(Row(Partition(), "row"), etag)));
        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Delete(Partition(), "row", etag)));
    }

    [SkippableTheory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("\"made up\"")]
    [InlineData("W/\"datetime'2021-10-18T00%3A00%3A00.0000000Z'\"")]
    public async Task An_etag_that_no_read_gave_never_matches(string etag)
    {
        var row = $"row {etag.Length}";
        await InsertAsync(Row(Partition(), row, "first"));

        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Update(Row(Partition(), row, "second"), etag)));
        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Delete(Partition(), row, etag)));

        Assert.Equal("first", (await Table.GetAsync(Partition(), row))!.Text("Title"));
    }

    [SkippableFact]
    public async Task Delete_takes_a_row_away_and_one_that_is_missing_too()
    {
        await FillAsync(Partition(), ["1", "2"]);

        Assert.Null(await Table.SubmitAsync(RowChange.Delete(Partition(), "1")));
        Assert.Null(await Table.SubmitAsync(RowChange.Delete(Partition(), "1")));

        Assert.Equal(["2"], await KeysAsync(Partition()));
    }

    [SkippableFact]
    public async Task An_etag_never_comes_back_for_a_row_written_again()
    {
        var etags = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(etags.Add(await InsertAsync(Row(Partition(), "row"))));
            await Table.SubmitAsync(RowChange.Delete(Partition(), "row"));
        }
    }

    [SkippableFact]
    public async Task A_batch_applies_every_change_and_returns_etags_in_order()
    {
        await FillAsync(Partition(), ["c", "d", "e"]);
        var c = (await Table.GetAsync(Partition(), "c"))!;
        var e = (await Table.GetAsync(Partition(), "e"))!;

        var etags = await Table.SubmitAsync(
            Partition(),
            [
                RowChange.Delete(Partition(), "e", e.ETag),
                RowChange.Insert(Row(Partition(), "b", "new b")),
                RowChange.Update(Row(Partition(), "c", "new c"), c.ETag!),
                RowChange.Delete(Partition(), "d"),
                RowChange.Upsert(Row(Partition(), "a", "new a")),
            ]);

        Assert.Equal(["a", "b", "c"], await KeysAsync(Partition()));
        Assert.Equal([true, false, false, true, false], etags.Select(etag => etag is null));
        Assert.Equal((etags[1], "new b"), await VersionAsync("b"));
        Assert.Equal((etags[2], "new c"), await VersionAsync("c"));
        Assert.Equal((etags[4], "new a"), await VersionAsync("a"));

        async Task<(string?, string?)> VersionAsync(string row)
        {
            var read = await Table.GetAsync(Partition(nameof(A_batch_applies_every_change_and_returns_etags_in_order)), row);
            return (read!.ETag, read.Text("Title"));
        }
    }

    [SkippableFact]
    public async Task A_batch_with_one_conflict_leaves_nothing_and_names_the_row()
    {
        await FillAsync(Partition(), ["old", "taken"]);
        List<RowChange> good =
            [RowChange.Insert(Row(Partition(), "new")), RowChange.Upsert(Row(Partition(), "old", "changed")), RowChange.Delete(Partition(), "gone")];
        RowChange[] bad =
        [
            RowChange.Insert(Row(Partition(), "taken")),
            RowChange.Update(Row(Partition(), "missing"), (await Table.GetAsync(Partition(), "old"))!.ETag!),
            RowChange.Delete(Partition(), "missing too", (await Table.GetAsync(Partition(), "old"))!.ETag),
        ];
        foreach (var change in bad)
        {
            var conflict = await Assert.ThrowsAsync<RowConflictException>(
                () => Table.SubmitAsync(change.Row.PartitionKey, [.. good, change, RowChange.Upsert(Row(change.Row.PartitionKey, "last"))]));
            Assert.Equal(change.Row.RowKey, conflict.RowKey);
        }

        Assert.Equal(["old", "taken"], await KeysAsync(Partition()));
        Assert.Equal("text", (await Table.GetAsync(Partition(), "old"))!.Text("Title"));
    }

    [SkippableFact]
    public async Task A_batch_may_delete_rows_that_are_missing()
    {
        await FillAsync(Partition(), ["1", "2", "3"]);
        var changes = Enumerable.Range(0, 99).Select(i => RowChange.Delete(Partition(), $"{i}")).Append(RowChange.Insert(Row(Partition(), "new")));

        var etags = await Table.SubmitAsync(Partition(), [.. changes]);

        Assert.Equal(100, etags.Count);
        Assert.NotNull(etags[^1]);
        Assert.Equal(["new"], await KeysAsync(Partition()));

        Assert.Equal([null, null], await Table.SubmitAsync(Partition(), [RowChange.Delete(Partition(), "1"), RowChange.Delete(Partition(), "2")]));
    }

    [SkippableFact]
    public async Task A_batch_of_nothing_does_nothing()
    {
        Assert.Empty(await Table.SubmitAsync(Partition(), []));
    }

    [SkippableFact]
    public async Task A_batch_takes_a_hundred_changes_each_of_another_row_of_the_partition()
    {
        RowChange Insert(int i) => RowChange.Insert(Row(Partition(nameof(A_batch_takes_a_hundred_changes_each_of_another_row_of_the_partition)), $"{i:D3}"));
        await Table.SubmitAsync(Partition(), [.. Enumerable.Range(0, 100).Select(Insert)]);

        await Assert.ThrowsAsync<TableLimitException>(() => Table.SubmitAsync(Partition(), [.. Enumerable.Range(100, 101).Select(Insert)]));
        await Assert.ThrowsAsync<TableLimitException>(() => Table.SubmitAsync(Partition(), [Insert(200), Insert(200)]));
        await Assert.ThrowsAsync<TableLimitException>(() => Table.SubmitAsync(Partition() + "~another", [Insert(200)]));

        Assert.Equal(100, (await KeysAsync(Partition())).Count);
    }

    [SkippableFact]
    public async Task A_batch_larger_than_four_mebibytes_is_refused_whole()
    {
        var changes = Enumerable.Range(0, 5).Select(i => RowChange.Insert(Sized(Partition(), $"{i}", 14))).ToList();

        await Assert.ThrowsAsync<TableLimitException>(() => Table.SubmitAsync(Partition(), changes));

        Assert.Empty(await KeysAsync(Partition()));
    }

    [SkippableFact]
    public async Task Many_changes_are_split_into_batches_that_fit()
    {
        var text = string.Concat(Enumerable.Repeat("<é+\"", 8_000));
        var changes = Enumerable.Range(0, 12).Select(i => RowChange.Insert(Sized(Partition(), $"bytes {i}", 14)))
            .Concat(Enumerable.Range(0, 40).Select(i => RowChange.Insert(Row(Partition(), $"text {i}", text))))
            .Concat(Enumerable.Range(0, 250).Select(i => RowChange.Insert(Row(Partition() + "~another", $"{i:D3}"))));

        await Table.SubmitManyAsync(changes);

        Assert.Equal(52, (await KeysAsync(Partition())).Count);
        Assert.Equal(250, (await KeysAsync(Partition() + "~another")).Count);
        Assert.Equal(text, (await Table.GetAsync(Partition(), "text 39"))!.Text("Title"));
    }
}
