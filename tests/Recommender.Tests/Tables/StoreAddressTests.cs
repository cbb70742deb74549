using Recommender.Tables;

namespace Recommender.Tests.Tables;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("sqlite:/data/stories.db", "sqlite", "/data/stories.db")]
    [InlineData("sqlite:C:\\stories.db", "sqlite", "C:\\stories.db")]
    [InlineData("azure", "azure", "")]
    [InlineData("azure:gullhaven", "azure", "gullhaven")]
    [InlineData("azure:AccountName=a;TableEndpoint=http://127.0.0.1:10002/a", "azure", "AccountName=a;TableEndpoint=http://127.0.0.1:10002/a")]
    public void An_address_has_a_kind_and_a_place(string text, string kind, string value)
    {
        Assert.True(StoreAddress.TryParse(text, out var address));
        Assert.Equal(new StoreAddress(kind, value), address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sqlite")]
    [InlineData("sqlite:")]
    [InlineData("postgres:stories")]
    [InlineData("stories.db")]
    public void Any_other_is_refused(string? text) => Assert.False(StoreAddress.TryParse(text, out _));
}
