using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>Lists for readers, the widget that shows them, and what is clicked in it.</summary>
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

    [Function("Clicks")]
    public Task<IResult> Clicks([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/sites/{site}/clicks")] HttpRequest request) => front.AnswerAsync(request);
}
