using System.Runtime.CompilerServices;
using System.Text.Json;
using Recommender.Ingestion.Feeds;
using Recommender.Ingestion.Fetching;

namespace Recommender.Ingestion.Sources;

/// <summary>Turns failures of reading into words: of the whole source when nothing was read yet, else of what comes after.</summary>
internal static class SourceFailures
{
    /// <summary>The items; a failure before the first throws, a later one becomes the last item.</summary>
    /// <exception cref="SourceException">Nothing of the source can be read.</exception>
    public static async IAsyncEnumerable<SourceItem> Explain(
        IAsyncEnumerable<SourceItem> items, string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = "";
        await using var reading = items.GetAsyncEnumerator(cancellation);
        while (true)
        {
            SourceItem? failed = null;
            try
            {
                if (!await reading.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or FeedFormatException or FetchException or JsonException)
            {
                var words = $"{place}: {failure.Message.ReplaceLineEndings(" ")}";
                failed = last.Length > 0
                    ? new SourceItem(place, null, $"Nothing after {last} can be read: {failure.Message.ReplaceLineEndings(" ")}")
                    : throw new SourceException(words, failure);
            }

            yield return failed ?? reading.Current;
            if (failed is not null)
            {
                yield break;
            }

            last = reading.Current.Place;
        }
    }

    /// <summary>The items; a source that cannot be read becomes one with its error.</summary>
    public static async IAsyncEnumerable<SourceItem> Contain(
        IAsyncEnumerable<SourceItem> items, string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reading = items.GetAsyncEnumerator(cancellation);
        for (var isReadable = true; isReadable;)
        {
            SourceItem item;
            try
            {
                if (!await reading.MoveNextAsync())
                {
                    yield break;
                }

                item = reading.Current;
            }
            catch (SourceException failure)
            {
                item = new SourceItem(place, null, failure.Message);
                isReadable = false;
            }

            yield return item;
        }
    }
}
