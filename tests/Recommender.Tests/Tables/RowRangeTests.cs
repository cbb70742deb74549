using CsCheck;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

public sealed class RowRangeTests
{
    private static readonly Gen<string> KeysOfAnyKind = Gen.String[Gen.Char[" !\"$%&'()*+,-.0:;<=>@A[]^_`a{|}~é漢"], 0, 6];

    [Fact]
    public void A_prefix_holds_the_keys_that_start_with_it_and_no_others() =>
        Gen.Select(KeysOfAnyKind.Where(prefix => prefix.Length == 0 || prefix[^1] <= '~'), KeysOfAnyKind, Gen.Bool).Sample((prefix, key, isJoined) =>
        {
            key = isJoined ? prefix + key : key;
            var range = RowRange.StartingWith(prefix);
            var isIn = (range.From is null || string.CompareOrdinal(key, range.From) >= 0) && (range.To is null || string.CompareOrdinal(key, range.To) < 0);
            return isIn == key.StartsWith(prefix, StringComparison.Ordinal) && TableLimits.IsKey(range.To ?? "");
        });

    [Fact]
    public void A_prefix_that_ends_beyond_ascii_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => RowRange.StartingWith("aé"));
}
