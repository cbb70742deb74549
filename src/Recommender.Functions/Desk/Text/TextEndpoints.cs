using Recommender.Articles;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Review;
using Recommender.MoreStories;

namespace Recommender.Functions.Desk.Text;

/// <summary>The list that a pasted text would have, at <c>/desk/{site}/text</c>. Nothing of the text is kept.</summary>
internal static class TextEndpoints
{
    /// <summary>Maps it, for editors.</summary>
    public static void MapText(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/text", () => Show(new ArticleInput(), null, [], StatusCodes.Status200OK));
        desk.MapPost("/text", async (HttpContext context, DeskRequest request, TextPreview preview, CancellationToken cancellation) =>
        {
            var form = await context.Request.ReadFormAsync(cancellation);
            var input = new ArticleInput
            {
                Title = form["title"].ToString(),
                Dek = form["dek"].ToString(),
                Body = form["body"].ToString(),
                Topics = form["topics"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            };
            try
            {
                return Show(input, await preview.ListAsync(request.Site, input, cancellation), [], StatusCodes.Status200OK);
            }
            catch (DraftInvalidException invalid)
            {
                return Show(input, null, invalid.Errors, StatusCodes.Status400BadRequest);
            }
        });
    }

    private static IResult Show(ArticleInput input, TracedList? list, IReadOnlyList<FieldError> errors, int status) => DeskResults.Page<TextPage>(
        new() { [nameof(TextPage.Input)] = input, [nameof(TextPage.List)] = list, [nameof(TextPage.Errors)] = errors }, status);
}
