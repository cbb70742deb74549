namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Pages that ask the application for their lists, one after the other, all the while.</summary>
internal static class PageReaders
{
    /// <summary>Reads until it is over.</summary>
    /// <returns>What was wrong, and for each page the different lists that it got, in the order in which they first came.</returns>
    public static Task<(IReadOnlyList<string> Wrong, IReadOnlyDictionary<string, List<string>> Seen)> ReadAsync(ServedStore served, IEnumerable<string> pages, CancellationToken over) => Task.Run(async () =>
    {
        var (wrong, seen) = (new List<string>(), pages.ToDictionary(page => page, _ => new List<string>()));
        while (!over.IsCancellationRequested)
        {
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
