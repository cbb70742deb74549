using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Functions.Api;

namespace Recommender.Functions.Desk.Pages;

/// <summary>"Revert this" of the audit: makes a draft that brings back what was before.</summary>
internal static class ReversionEndpoint
{
    private const int Id = 3;
    private const int Looked = 20_000;

    /// <summary>Maps it, for editors.</summary>
    public static void MapReversion(this IEndpointRouteBuilder desk) => desk.MapPost("/audit/{id}/revert", async (
        DeskRequest request, HttpContext context, AuditLog audit, Publisher publisher, PageDesk pages, DraftStore drafts, CancellationToken cancellation) =>
    {
        var id = context.Segment(Id);
        var site = request.Site;
        if ((await audit.ListAsync(site, null, Looked, cancellation)).FirstOrDefault(entry => entry.Id == id) is not { } entry || (entry.After ?? entry.Before) is not { } rule)
        {
            return DeskResults.Missing();
        }

        // What holds for a topic or the site can be decided at any page: at the one where it was, else at the story's own.
        var page = rule.Scope.Kind == "page" ? rule.Scope.Name : entry.Page ?? rule.Target;
        if (await publisher.GetAsync(site, page, cancellation) is null)
        {
            return DeskResults.Failed(context, request.Path("audit"), "The page where this was decided was taken down; there is no list to change.");
        }

        try
        {
            var draft = await pages.DraftAsync(request, page, cancellation);
            var changed = await drafts.PostAsync(site, page, draft.Version, [new DraftEdit(Operation.Reverting(entry))], request.Editor.Name, cancellation);
            return DeskResults.Done(context, request.PageOf(page), changed.Version == draft.Version
                ? "Nothing is left to revert: the draft says so already, or it is so."
                : $"What {entry.Author} changed is taken back in this page's draft. Review and publish it.");
        }
        catch (DraftInvalidException invalid)
        {
            return DeskResults.Failed(context, request.PageOf(page), string.Join(' ', invalid.Errors.Select(error => error.Message)));
        }
        catch (DraftConflictException)
        {
            return DeskResults.Failed(context, request.PageOf(page), "The draft is being changed by somebody else just now. Try once more.");
        }
    });
}
