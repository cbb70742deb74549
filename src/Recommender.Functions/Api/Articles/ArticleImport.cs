using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Functions.Api.Articles;

/// <summary>
/// One import under way. Reading, publishing and answering go on at the same time, and a client that reads no answers before it has sent everything is not waited for.
/// When the connection breaks, what has arrived whole is published all the same.
/// </summary>
internal sealed class ArticleImport(Site site, Publisher publisher, HttpContext context)
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    // Some tens of megabytes: enough for a client that sends hundreds of thousands of lines before it reads, and an end for one that never does.
    private const int MostUnread = 250_000;

    private readonly Channel<byte[]> answers = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostUnread) { SingleReader = true });
    private readonly ConcurrentQueue<int> lines = new();
    private readonly int[] outcomes = new int[Enum.GetValues<PublishOutcome>().Length];
    private bool isComplete;

    /// <summary>Publishes the request's lines and answers each.</summary>
    public async Task RunAsync()
    {
        var answering = AnswerAsync();
        try
        {
            // Not cancelled with the request: neighbours of what is in must be brought up to date even when nobody listens any more.
            await foreach (var result in publisher.ImportAsync(site, ReadAsync(), CancellationToken.None))
            {
                lines.TryDequeue(out var line);
                await AddAsync(new ImportAnswer(line, result.Id, PublishAnswer.Word(result.Outcome), result.Errors.Count == 0 ? null : result.Errors), result.Outcome);
            }

            await answers.Writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Summary(), ApiJson.Default.ImportSummary));
        }
        finally
        {
            answers.Writer.Complete();
            await answering;
        }
    }

    private async IAsyncEnumerable<ArticleInput> ReadAsync()
    {
        var reading = ArticleLines.ReadAsync(context.Request.Body, context.RequestAborted).GetAsyncEnumerator();
        await using var _ = reading;
        while (await MoveNextAsync(reading))
        {
            if (reading.Current.Input is { } input)
            {
                lines.Enqueue(reading.Current.Number);
                yield return input;
            }
            else
            {
                await AddAsync(new ImportAnswer(reading.Current.Number, null, PublishAnswer.Word(PublishOutcome.Invalid), [new FieldError("line", reading.Current.Error!)]), PublishOutcome.Invalid);
            }
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ArticleLine> reading)
    {
        try
        {
            var isThere = await reading.MoveNextAsync();
            isComplete = !isThere;
            return isThere;
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (await answers.Reader.WaitToReadAsync())
            {
                while (answers.Reader.TryRead(out var answer))
                {
                    await context.Response.Body.WriteAsync(answer, context.RequestAborted);
                    await context.Response.Body.WriteAsync(LineFeed, context.RequestAborted);
                }

                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // Nobody listens any more; the import goes on, and its answers go nowhere.
            await foreach (var unread in answers.Reader.ReadAllAsync())
            {
                _ = unread;
            }
        }
    }

    private ValueTask AddAsync(ImportAnswer answer, PublishOutcome outcome)
    {
        Interlocked.Increment(ref outcomes[(int)outcome]);
        return answers.Writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Default.ImportAnswer));
    }

    private ImportSummary Summary() => new(
        isComplete,
        outcomes[(int)PublishOutcome.Created],
        outcomes[(int)PublishOutcome.Updated],
        outcomes[(int)PublishOutcome.Unchanged],
        outcomes[(int)PublishOutcome.Invalid] + outcomes[(int)PublishOutcome.Conflict]);
}
