using CsCheck;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

public sealed class BytePartsTests
{
    [Fact]
    public void Bytes_of_any_length_come_back_and_fit_into_a_row() => Gen.Select(Gen.Int[0, 300_000], Gen.Int).Sample((length, seed) =>
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        var row = Row(content);

        Assert.True(TableLimits.SizeOf(row) > 0);
        Assert.Equal(content, ByteParts.Read(row, "Content"));
        Assert.True(length <= ByteParts.PartLength || row.Properties.Count > 1);
    }, iter: 40);

    [Theory]
    [InlineData(0)]
    [InlineData(ByteParts.PartLength - 1)]
    [InlineData(ByteParts.PartLength)]
    [InlineData(2 * ByteParts.PartLength)]
    public void A_border_of_parts_is_no_border_of_content(int packedLength)
    {
        // Random bytes do not shrink, so the packed length can be met closely from both sides.
        for (var length = Math.Max(0, packedLength - 40); length <= packedLength; length++)
        {
            var content = new byte[length];
            new Random(length).NextBytes(content);
            Assert.Equal(content, ByteParts.Read(Row(content), "Content"));
        }
    }

    [Fact]
    public void What_is_not_there_is_null_and_names_do_not_meet()
    {
        var row = Row([1, 2, 3]);

        Assert.Null(ByteParts.Read(row, "Other"));
        Assert.Null(ByteParts.Read(row, "Conten"));
    }

    [Fact]
    public void Text_takes_less_room_than_it_has()
    {
        var content = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The ferry crews of Brennan Sound vote on a strike. ", 2_000)));
        Assert.True(TableLimits.SizeOf(Row(content)) < content.Length / 10);
    }

    private static TableRow Row(byte[] content)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, "Content", content);
        return new TableRow("p", "r") { Properties = properties };
    }
}
