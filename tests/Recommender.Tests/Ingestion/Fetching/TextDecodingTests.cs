using System.Text;
using CsCheck;
using Recommender.Ingestion.Fetching;

namespace Recommender.Tests.Ingestion.Fetching;

public sealed class TextDecodingTests
{
    private const string Words = "Überfähre: „déjà vu“ à 5 € — naïve cœur";

    static TextDecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_decides(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        Assert.Equal("<a>" + Words, TextDecoding.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes("<a>" + Words)], "iso-8859-1"));
    }

    [Theory]
    [InlineData("<?xml version='1.0' encoding='windows-1252'?>", null, "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='utf-8'?>", null, "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-1'?>", "utf-8", "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='iso-8859-1'?>", null, "utf-8")]
    [InlineData("<html><meta charset=latin1>", null, "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?>", null, "utf-8")]
    [InlineData("<?xml version='1.0' encoding='klingon'?>", "windows-1252", "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?>", null, "utf-8")]
    [InlineData("<p>", "utf-8", "windows-1252")]
    public void Declarations_count_as_far_as_the_bytes_agree(string declaration, string? header, string actual)
    {
        var text = declaration + Words;
        Assert.Equal(text, TextDecoding.Decode(Encoding.GetEncoding(actual).GetBytes(text), header));
    }

    [Theory]
    [InlineData("windows-1251", "Паром снова ходит между островами, и рыбаки довольны своим уловом. Городской совет обещает новый причал к весне.")]
    [InlineData("shift_jis", "新しい港の工事が来月から始まると市長が発表しました。")]
    [InlineData("koi8-r", "Паром снова ходит между островами, и рыбаки довольны своим уловом. Городской совет обещает новый причал к весне.")]
    public void An_encoding_that_nobody_declares_is_detected(string encoding, string text) =>
        Assert.Equal(text, TextDecoding.Decode(Encoding.GetEncoding(encoding).GetBytes(text)));

    [Theory]
    [InlineData("gb2312", "港口明天重新开放")]
    [InlineData("euc-kr", "항구가 내일 다시 문을 연다")]
    [InlineData("shift_jis", "港は明日また開く")]
    [InlineData("big5", "港口明天重新開放")]
    public void Declared_east_asian_encodings_are_used(string encoding, string text) =>
        Assert.Equal(text, TextDecoding.Decode(Encoding.GetEncoding(encoding).GetBytes(text), encoding));

    [Fact]
    public void A_character_that_the_end_cuts_off_does_not_spoil_the_rest()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml encoding='windows-1252'?>" + Words + "é");
        Assert.StartsWith("<?xml encoding='windows-1252'?>" + Words, TextDecoding.Decode(bytes.AsSpan(0, bytes.Length - 1)));
    }

    [Fact]
    public void Any_bytes_are_text() => Gen.Select(Gen.Byte.Array, Gen.OneOf(Gen.Const("utf-8"), Gen.Const("shift_jis"), Gen.Const("x"), Gen.Const("utf-16"), Gen.Const("iso-2022-jp"))).Sample((bytes, charset) => TextDecoding.Decode(bytes, charset) is not null);
}
