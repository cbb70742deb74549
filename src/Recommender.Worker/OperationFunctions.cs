using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>What operators ask for, and what describes the application.</summary>
public sealed class OperationFunctions(WorkerFront front)
{
    [Function("ReindexStart")]
    public Task<IResult> ReindexStart([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reindex")] HttpRequest request) => front.AnswerAsync(request);

    [Function("ReindexRun")]
    public Task<IResult> ReindexRun([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reindex/{run}")] HttpRequest request) => front.AnswerAsync(request);

    [Function("ReindexPause")]
    public Task<IResult> ReindexPause([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reindex/{run}/pause")] HttpRequest request) => front.AnswerAsync(request);

    [Function("ReindexResume")]
    public Task<IResult> ReindexResume([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reindex/{run}/resume")] HttpRequest request) => front.AnswerAsync(request);

    [Function("ReindexCancel")]
    public Task<IResult> ReindexCancel([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reindex/{run}/cancel")] HttpRequest request) => front.AnswerAsync(request);

    [Function("HealthLive")]
    public Task<IResult> HealthLive([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/live")] HttpRequest request) => front.AnswerAsync(request);

    [Function("HealthReady")]
    public Task<IResult> HealthReady([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/ready")] HttpRequest request) => front.AnswerAsync(request);

    [Function("OpenApi")]
    public Task<IResult> OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi/{document}.json")] HttpRequest request) => front.AnswerAsync(request);

    [Function("Docs")]
    public Task<IResult> Docs([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/{*path}")] HttpRequest request) => front.AnswerAsync(request);

    [Function("Demo")]
    public Task<IResult> Demo([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "demo/{*path}")] HttpRequest request) => front.AnswerAsync(request);
}
