using Recommender.Functions.Api;
using Recommender.Functions.Triggers.Queues;

namespace Recommender.Functions.Triggers;

/// <summary>
/// What an isolated worker of the Functions host hands its invocations to: requests to the whole pipeline of the application, timers to its jobs, messages to what takes them. The worker's own functions only name these.
/// </summary>
public sealed class WorkerFront(IServiceProvider services, IEnumerable<IJob> jobs, JobRunner runner, QueuedRuns queued)
{
    private readonly Lazy<RequestDelegate> pipeline = new(() => new ApplicationBuilder(services).UseRecommender().Build());

    /// <summary>What makes the application's services those of a worker, whose scheduler and web server are the host's.</summary>
    public static void Configure(IConfigurationManager configuration) =>
        configuration.AddInMemoryCollection([new(ApiServer.Worker, bool.TrueString)]);

    /// <summary>Answers a request.</summary>
    /// <returns>A result that adds nothing to the answer.</returns>
    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        // The worker routed the request to its function; the pipeline routes it anew.
        var context = request.HttpContext;
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await pipeline.Value(context);
        return TypedResults.Empty;
    }

    /// <summary>Runs the job of a timer for every site.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="JobFailedException">It failed for a site, and so does the invocation.</exception>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        var report = await runner.RunAsync(jobs.Single(job => job.Name == name), cancellation);
        if (report.Failures.Count > 0)
        {
            throw new JobFailedException(name, report);
        }
    }

    /// <summary>Handles a message of a queue; when this throws, it comes again.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="message">The message's text.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task TakeAsync(string name, string message, CancellationToken cancellation) => queued.TakeAsync(name, message, cancellation);
}

/// <summary>A job failed for one site or more; the message says for which and why.</summary>
public sealed class JobFailedException(string job, JobReport report) : Exception($"{job} failed. {string.Join(' ', report.Failures)}");
