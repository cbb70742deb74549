using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>Lists for readers, and the widget that shows them.</summary>
public sealed class ListFunctions(WorkerFront front)
{
    [Function("MoreStories")]
    public Task<IResult> MoreStories([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "api/more-stories")] HttpRequest request) => front.AnswerAsync(request);

    [Function("MoreStoriesHtml")]
    public Task<IResult> MoreStoriesHtml([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "api/more-stories.html")] HttpRequest request) => front.AnswerAsync(request);

    [Function("Latest")]
    public Task<IResult> Latest([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "api/latest")] HttpRequest request) => front.AnswerAsync(request);

    [Function("WidgetScript")]
    public Task<IResult> WidgetScript([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widget.js")] HttpRequest request) => front.AnswerAsync(request);
}
