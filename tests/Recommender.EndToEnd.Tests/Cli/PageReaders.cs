using System.Diagnostics;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Pages that ask the application for their lists, one after the other, all the while.</summary>
internal static class PageReaders
{
    // The application serves what it has while it looks for new lists, and a busy machine makes it late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Reads until it is over and, when others must come, until some page got a second list.</summary>
    /// <returns>What was wrong, and for each page the different lists that it got, in the order in which they first came.</returns>
    public static Task<(IReadOnlyList<string> Wrong, IReadOnlyDictionary<string, List<string>> Seen)> ReadAsync(ServedStore served, IEnumerable<string> pages, CancellationToken over, bool othersMustCome = false) => Task.Run(async () =>
    {
        var (wrong, seen) = (new List<string>(), pages.ToDictionary(page => page, _ => new List<string>()));
        var waiting = new Stopwatch();
        while (!over.IsCancellationRequested || (othersMustCome && waiting.Elapsed < Patience && !seen.Values.Any(lists => lists.Count > 1)))
        {
            if (over.IsCancellationRequested)
            {
                waiting.Start();
            }

            foreach (var (page, lists) in seen)
            {
                var answer = await served.ListAsync(page);
                var list = string.Join(' ', answer.Items);
                if (answer.Error is not null || answer.Items.Count == 0)
                {
                    wrong.Add($"{page}: {answer.Error ?? answer.State}");
                }
                else if (!lists.Contains(list))
                {
                    lists.Add(list);
                }
            }
        }

        return ((IReadOnlyList<string>)wrong, (IReadOnlyDictionary<string, List<string>>)seen);
    });
}
