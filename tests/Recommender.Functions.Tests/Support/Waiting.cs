using Microsoft.Extensions.Time.Testing;

namespace Recommender.Functions.Tests.Support;

/// <summary>Waits for what goes on in the background.</summary>
public static class Waiting
{
    /// <summary>Returns when something has come about; <paramref name="time"/>, when given, goes on a second with every look.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, FakeTimeProvider? time = null)
    {
        for (var look = 0; !await condition(); look++)
        {
            Assert.True(look < 2000, "It did not come about.");
            await Task.Delay(10);
            time?.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The same.</summary>
    public static Task UntilAsync(Func<bool> condition, FakeTimeProvider? time = null) => UntilAsync(() => Task.FromResult(condition()), time);
}
