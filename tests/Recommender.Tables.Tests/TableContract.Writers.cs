using Recommender.Tables;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    [SkippableFact]
    public async Task Parallel_writers_of_one_row_lose_nothing()
    {
        const int Writers = 8;
        const int Steps = 50;
        var stores = new[] { store, place.Open() };
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(stores[writer % 2].Table(TableNames.Runs), writer))));

        var row = await store.Table(TableNames.Runs).GetAsync(Partition(), "lines");

        var lines = row!.Text("Lines")!.Split('\n');
        Assert.Equal(Writers * Steps, lines.Length);
        Assert.All(Enumerable.Range(0, Writers), writer => Assert.Equal(Enumerable.Range(0, Steps).Select(step => $"{writer} {step}"), lines.Where(line => line.StartsWith($"{writer} ", StringComparison.Ordinal))));
        (stores[1] as IDisposable)?.Dispose();

        async Task WriteAsync(ITable table, int writer)
        {
            for (var step = 0; step < Steps; step++)
            {
                await AddLineAsync(table, Partition(nameof(Parallel_writers_of_one_row_lose_nothing)), "lines", $"{writer} {step}");
            }
        }
    }

    [SkippableFact]
    public async Task Parallel_writers_of_many_rows_all_get_through()
    {
        using var other = place.Open() as IDisposable;
        var tables = new[] { Table, (other as ITableStore ?? store).Table(TableNames.Timeline) };
        var partitions = Enumerable.Range(0, 6).Select(i => $"{Partition()}~{i}").ToList();

        await Parallel.ForEachAsync(
            partitions.SelectMany(partition => Enumerable.Range(0, 20).Select(batch => (partition, batch))),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (work, cancellation) => await tables[work.batch % 2].SubmitAsync(
                work.partition,
                [.. Enumerable.Range(0, 10).Select(i => RowChange.Insert(Row(work.partition, $"{work.batch:D2}~{i}")))],
                cancellation));

        foreach (var partition in partitions)
        {
            Assert.Equal(200, (await KeysAsync(partition)).Count);
        }
    }

    [SkippableFact]
    public async Task Of_writes_that_meet_one_that_conflicts_undoes_itself_alone()
    {
        const int Writers = 40;
        var partitions = Enumerable.Range(0, Writers).Select(writer => $"{Partition()}~{writer:D2}").ToList();
        foreach (var partition in partitions)
        {
            await InsertAsync(Row(partition, "there"));
        }

        var outcomes = await Task.WhenAll(partitions.Select((partition, writer) => Task.Run(async () =>
        {
            RowChange[] changes = [RowChange.Insert(Row(partition, "new")), writer % 2 == 0 ? RowChange.Upsert(Row(partition, "there", "again")) : RowChange.Insert(Row(partition, "there", "again"))];
            return await Record.ExceptionAsync(() => Table.SubmitAsync(partition, changes));
        })));

        foreach (var (writer, partition) in partitions.Index())
        {
            var isWritten = writer % 2 == 0;
            Assert.Equal(isWritten, outcomes[writer] is null);
            Assert.True(isWritten || outcomes[writer] is RowConflictException);
            Assert.Equal(isWritten ? ["new", "there"] : ["there"], await KeysAsync(partition));
        }
    }

    [SkippableFact]
    public async Task A_write_that_nobody_wants_any_more_stops_no_other()
    {
        const int Writers = 60;
        using var unwanted = new CancellationTokenSource();
        var partitions = Enumerable.Range(0, Writers).Select(writer => $"{Partition()}~{writer:D2}").ToList();
        var writes = partitions.Select((partition, writer) => Task.Run(() =>
        {
            var token = writer % 3 == 0 ? unwanted.Token : CancellationToken.None;
            return Record.ExceptionAsync(() => Table.SubmitAsync(partition, [RowChange.Insert(Row(partition, "row"))], token));
        })).ToList();
        await unwanted.CancelAsync();

        foreach (var (writer, outcome) in (await Task.WhenAll(writes)).Index())
        {
            Assert.True(outcome is null || (writer % 3 == 0 && outcome is OperationCanceledException), $"{writer}: {outcome}");
            Assert.True(outcome is not null || await KeysAsync(partitions[writer]) is ["row"]);
        }
    }

    [SkippableFact]
    public async Task Of_two_inserts_of_one_row_one_wins()
    {
        var wins = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await InsertAsync(Row(Partition(nameof(Of_two_inserts_of_one_row_one_wins)), "row", $"{i}"));
                return i;
            }
            catch (RowConflictException)
            {
                return -1;
            }
        })));

        var winner = Assert.Single(wins, win => win >= 0);
        Assert.Equal($"{winner}", (await Table.GetAsync(Partition(), "row"))!.Text("Title"));
    }

    [SkippableFact]
    public async Task Modify_leaves_a_row_alone_when_told_so()
    {
        var etag = await InsertAsync(Row(Partition(), "row"));

        Assert.False(await Table.ModifyAsync(Partition(), "row", _ => null));
        Assert.Equal(etag, (await Table.GetAsync(Partition(), "row"))!.ETag);
    }

    [SkippableFact]
    public async Task Modify_gives_up_when_others_always_come_between()
    {
        await InsertAsync(Row(Partition(), "row"));

        await Assert.ThrowsAsync<RowConflictException>(() => Table.ModifyAsync(Partition(), "row", current =>
        {
            Table.SubmitAsync(RowChange.Upsert(Row(current!.PartitionKey, "row"))).GetAwaiter().GetResult();
            return current;
        }));
    }

    [SkippableFact]
    public async Task Two_stores_on_one_place_see_each_others_rows()
    {
        var second = place.Open();
        var etag = await InsertAsync(Row(Partition(), "row", "from the first"));

        var read = await second.Table(TableNames.Timeline).GetAsync(Partition(), "row");
        await second.Table(TableNames.Timeline).SubmitAsync(RowChange.Update(Row(Partition(), "row", "from the second"), etag));

        Assert.Equal("from the first", read!.Text("Title"));
        Assert.Equal("from the second", (await Table.GetAsync(Partition(), "row"))!.Text("Title"));
        (second as IDisposable)?.Dispose();
    }

    [SkippableFact]
    public async Task Tables_can_be_created_again_and_by_several_at_once()
    {
        await InsertAsync(Row(Partition(), "row"));
        var stores = Enumerable.Range(0, 4).Select(_ => place.Open()).ToList();

        await Task.WhenAll(stores.Select(other => Task.Run(() => other.EnsureCreatedAsync())));
        await store.EnsureCreatedAsync();

        Assert.NotNull(await Table.GetAsync(Partition(), "row"));
        stores.ForEach(other => (other as IDisposable)?.Dispose());
    }

    [SkippableFact]
    public async Task Every_table_is_there()
    {
        foreach (var name in TableNames.All)
        {
            var table = store.Table(name);
            await table.SubmitAsync(RowChange.Upsert(Row(Partition(), name)));
            Assert.Equal((name, 1), (table.Name, (await table.QueryAsync(Partition(), RowRange.All, 5)).Rows.Count));
        }
    }

    [SkippableTheory]
    [InlineData("no such table")]
    [InlineData("x")]
    [InlineData("a\"b")]
    public void A_name_that_no_table_can_have_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => store.Table(name));
    }

    [SkippableFact]
    public async Task A_table_that_was_never_created_is_unavailable_not_empty()
    {
        var table = store.Table("Another");

        await Assert.ThrowsAsync<TableUnavailableException>(() => table.GetAsync(Partition(), "row"));
        await Assert.ThrowsAsync<TableUnavailableException>(() => table.QueryAsync(Partition(), RowRange.All, 1));
        await Assert.ThrowsAsync<TableUnavailableException>(() => table.SubmitAsync(RowChange.Insert(Row(Partition(), "row"))));
        await Assert.ThrowsAsync<TableUnavailableException>(() => table.SubmitAsync(RowChange.Delete(Partition(), "row")));
    }

    [SkippableFact]
    public async Task A_cancelled_call_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.SubmitAsync(RowChange.Insert(Row(Partition(), "row")), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.GetAsync(Partition(), "row", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.QueryAsync(Partition(), RowRange.All, 1, null, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.EnsureCreatedAsync(cancelled.Token));
        Assert.Null(await Table.GetAsync(Partition(), "row"));
    }

    [SkippableFact]
    public async Task A_store_that_does_not_answer_is_unavailable()
    {
        var table = place.OpenUnreachable().Table(TableNames.Articles);

        await Assert.ThrowsAsync<TableUnavailableException>(() => table.GetAsync(Partition(), "row"));
        await Assert.ThrowsAsync<TableUnavailableException>(() => table.QueryAsync(Partition(), RowRange.All, 1));
        await Assert.ThrowsAsync<TableUnavailableException>(() => table.SubmitAsync(RowChange.Insert(Row(Partition(), "row"))));
        await Assert.ThrowsAsync<TableUnavailableException>(
            () => table.SubmitAsync(Partition(), [RowChange.Insert(Row(Partition(), "1")), RowChange.Insert(Row(Partition(), "2"))]));
    }

    // A line that is there already is left: it was written, though the news of that may not have come.
    private static Task<bool> AddLineAsync(ITable table, string partition, string row, string line) => table.ModifyAsync(partition, row, current =>
    {
        var lines = current?.Text("Lines");
        return lines?.Split('\n').Contains(line) == true ? null : new TableRow(partition, row)
        {
            Properties = new Dictionary<string, object> { ["Lines"] = lines is null ? line : $"{lines}\n{line}" },
        };
    });
}
