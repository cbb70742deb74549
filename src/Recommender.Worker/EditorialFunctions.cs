using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>Editors' overrides, who changed them, and the desk.</summary>
public sealed class EditorialFunctions(WorkerFront front)
{
    [Function("PageOverrides")]
    public Task<IResult> PageOverrides([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/pages/{id}/overrides")] HttpRequest request) => front.AnswerAsync(request);

    [Function("PageOverride")]
    public Task<IResult> PageOverride([HttpTrigger(AuthorizationLevel.Anonymous, "put", "delete", Route = "api/pages/{id}/overrides/{kind}/{key}")] HttpRequest request) => front.AnswerAsync(request);

    [Function("TopicOverrides")]
    public Task<IResult> TopicOverrides([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/topics/{topic}/overrides")] HttpRequest request) => front.AnswerAsync(request);

    [Function("TopicOverride")]
    public Task<IResult> TopicOverride([HttpTrigger(AuthorizationLevel.Anonymous, "put", "delete", Route = "api/topics/{topic}/overrides/{kind}/{key}")] HttpRequest request) => front.AnswerAsync(request);

    [Function("SiteOverrides")]
    public Task<IResult> SiteOverrides([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/site/overrides")] HttpRequest request) => front.AnswerAsync(request);

    [Function("SiteOverride")]
    public Task<IResult> SiteOverride([HttpTrigger(AuthorizationLevel.Anonymous, "put", "delete", Route = "api/site/overrides/{kind}/{key}")] HttpRequest request) => front.AnswerAsync(request);

    [Function("Audit")]
    public Task<IResult> Audit([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request) => front.AnswerAsync(request);

    [Function("Desk")]
    public Task<IResult> Desk([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "desk/{*path}")] HttpRequest request) => front.AnswerAsync(request);
}
