using System.Diagnostics;
using Recommender.Reindexing;

namespace Recommender.Tests.Reindexing;

public sealed class ProcessNameTests
{
    [Fact]
    public void A_process_that_runs_is_not_gone() => Assert.False(ProcessName.IsGone(ProcessName.New()));

    [Fact]
    public void Names_are_all_different() => Assert.NotEqual(ProcessName.New(), ProcessName.New());

    [Fact]
    public async Task A_process_that_ended_is_gone()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        var name = ProcessName.New().Replace($":{Environment.ProcessId}:", $":{process.Id}:", StringComparison.Ordinal);
        await process.WaitForExitAsync();

        Assert.True(ProcessName.IsGone(name));
    }

    [Theory]
    [InlineData("another-machine:4026531836:1:0011aabb")]
    [InlineData("leader 4")]
    [InlineData("")]
    public void Of_one_that_cannot_be_seen_from_here_nothing_is_known(string name) => Assert.False(ProcessName.IsGone(name));
}
