using System.Buffers;
using CsCheck;
using Recommender.Backups;
using Recommender.Tables;

namespace Recommender.Tests.Backups;

public sealed class BackupRowTests
{
    private static readonly Gen<object> Values = Gen.OneOf<object>(
        Gen.String.Where(TableLimits.IsWellFormed).Select(text => (object)text),
        Gen.Byte.Array[0, 300].Select(bytes => (object)bytes),
        Gen.Long.Select(number => (object)number),
        Gen.Double.Where(double.IsFinite).Select(real => (object)real),
        Gen.Bool.Select(flag => (object)flag),
        Gen.DateTimeOffset.Select(time => (object)time.ToUniversalTime()));

    private static readonly Gen<TableRow> Rows =
        from rest in Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char['0', 'z'], 1, 20].Select(segment => "~" + Keys.Join(segment)))
        from row in Gen.String[Gen.Char.AlphaNumeric, 0, 20]
        from values in Gen.Dictionary(Gen.String[Gen.Char['a', 'z'], 1, 10], Values)[0, 8]
        select new TableRow(Keys.WithSite("a site", rest), row) { Properties = values };

    [Fact]
    public void A_row_is_read_as_it_was_written() => Rows.Sample(row =>
    {
        var line = new ArrayBufferWriter<byte>();
        new BackupRow(TableNames.Articles, row).Write(line, "a site");
        Assert.DoesNotContain((byte)'\n', line.WrittenSpan.ToArray());

        var read = BackupRow.Parse(line.WrittenMemory, "a site");

        Assert.Equal((TableNames.Articles, row.PartitionKey, row.RowKey), (read.Table, read.Row.PartitionKey, read.Row.RowKey));
        Assert.True(read.IsSameAs(row));
        Assert.True(new BackupRow("", row).IsSameAs(read.Row));
    });

    [Theory]
    [InlineData(1L, 1.0)]
    [InlineData("true", true)]
    [InlineData(1.0, 1.5)]
    [InlineData("a", "A")]
    public void Rows_with_other_values_are_not_the_same(object left, object right)
    {
        var row = new TableRow("site", "row") { Properties = new Dictionary<string, object> { ["Value"] = left } };
        Assert.False(new BackupRow("", row).IsSameAs(row with { Properties = new Dictionary<string, object> { ["Value"] = right } }));
        Assert.False(new BackupRow("", row).IsSameAs(row with { Properties = new Dictionary<string, object> { ["Other"] = left } }));
        Assert.False(new BackupRow("", row).IsSameAs(row with { Properties = new Dictionary<string, object> { ["Value"] = left, ["More"] = 1L } }));
        Assert.False(new BackupRow("", row).IsSameAs(row with { Properties = new Dictionary<string, object>() }));
    }
}
