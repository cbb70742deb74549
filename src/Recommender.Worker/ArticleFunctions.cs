using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>Articles in and out.</summary>
public sealed class ArticleFunctions(WorkerFront front)
{
    [Function("Article")]
    public Task<IResult> Article([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "delete", Route = "api/articles/{id}")] HttpRequest request) => front.AnswerAsync(request);

    [Function("Articles")]
    public Task<IResult> Articles([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/articles")] HttpRequest request) => front.AnswerAsync(request);

    [Function("ArticlesImport")]
    public Task<IResult> ArticlesImport([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/articles/import")] HttpRequest request) => front.AnswerAsync(request);
}
