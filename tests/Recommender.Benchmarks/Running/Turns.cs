using System.Globalization;
using Recommender.Cli.Terminals;

namespace Recommender.Benchmarks.Running;

/// <summary>Measures two things by turns, so that whatever else the machine does falls on both.</summary>
internal static class Turns
{
    /// <summary>Measures both so many times, and once before that only warms.</summary>
    public static async Task<List<(double One, double Other)>> TakeAsync(int rounds, Func<Task<double>> one, Func<Task<double>> other, Terminal terminal)
    {
        var results = new List<(double, double)>();
        for (var round = 0; round <= rounds; round++)
        {
            // Who goes first changes, so that neither has the warmer machine.
            var (first, second) = round % 2 == 0 ? (one, other) : (other, one);
            var (early, late) = (await first(), await second());
            results.Add(round % 2 == 0 ? (early, late) : (late, early));
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"round {round}: {results[^1].Item1:0.###} and {results[^1].Item2:0.###}"));
        }

        results.RemoveAt(0);
        return results;
    }
}
