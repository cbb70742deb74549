using Recommender.Editorial.Drafts;
using Recommender.Editorial.Publishing;
using Recommender.Editorial.Review;
using Recommender.Functions.Api;

namespace Recommender.Functions.Desk.Pages;

/// <summary>The desk of one page, at <c>/desk/{site}/pages/{id}</c>: its list, its draft, the review and the publication.</summary>
internal static class PageEndpoints
{
    private const int Id = 3;
    private const string Content = "content";

    // What a conflict's choice sends again; version and token are its own.
    private static readonly string[] Sent = ["do", "slot", "kind", "from", "until", "fromOffset", "untilOffset", "note", "preset"];

    /// <summary>Maps it, for editors.</summary>
    public static void MapPages(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/pages/{id}", ShowAsync);
        desk.MapPost("/pages/{id}/draft", PostAsync);
        desk.MapPost("/pages/{id}/schedule", ScheduleAsync);
        desk.MapPost("/pages/{id}/note", NoteAsync);
        desk.MapGet("/pages/{id}/review", (DeskRequest request, HttpContext context, PageDesk pages, DryRun effects, CancellationToken cancellation) =>
            ReviewAsync(request, context, pages, effects, null, cancellation));
        desk.MapPost("/pages/{id}/publish", PublishAsync);
    }

    private static async Task<IResult> ShowAsync(DeskRequest request, HttpContext context, PageDesk pages, CancellationToken cancellation) =>
        await LoadAsync(request, context, pages, null, cancellation) is { } view ? Show(view) : DeskResults.Missing();

    private static async Task<IResult> PostAsync(DeskRequest request, HttpContext context, PageDesk pages, DraftStore drafts, CancellationToken cancellation)
    {
        if (await LoadAsync(request, context, pages, null, cancellation) is not { } view)
        {
            return DeskResults.Missing();
        }

        var form = await context.Request.ReadFormAsync(cancellation);
        var action = DraftAction.Parse(form["do"].ToString());
        if (action.With == "slot")
        {
            // What was found is pinned into the slot that is chosen above it.
            action = action with { With = form["slot"].ToString() };
        }

        view = await pages.NameAsync(view, [action.Story], cancellation);
        var seen = Version(form);
        var (site, id, name) = (request.Site, view.Article.Id, request.Editor.Name);
        return await ChangeAsync(view, context, pages, form, action.Story, action.Verb switch
        {
            "undo" => async () => (await drafts.UndoAsync(site, id, name, cancellation)).Version == view.Draft.Version ? "There is nothing of yours to undo." : "Your last change is undone.",
            "discard" => async () =>
            {
                await drafts.DiscardAsync(site, id, seen, name, cancellation);
                return "The draft is empty. What is live stays as it is; Undo brings your draft back.";
            }
            ,
            "rebase" when action.With.Split(':', 2) is [var kind, var scope] => async () =>
            {
                await drafts.RebaseAsync(site, id, seen, new Subject(kind, Editorial.OverrideScope.Parse(scope), action.Story), name, cancellation);
                return "Your change stays. Review the draft again.";
            }
            ,
            _ when action.Edits(view) is var (edits, message) => async () =>
            {
                await drafts.PostAsync(site, id, seen, edits, name, cancellation);
                return message;
            }
            ,
            _ => null,
        });
    }

    private static async Task<IResult> ScheduleAsync(DeskRequest request, HttpContext context, PageDesk pages, DraftStore drafts, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var sent = ScheduleForm.Read(form, request);
        if (await LoadAsync(request, context, pages, sent, cancellation) is not { Story: { } story } view)
        {
            return DeskResults.Missing();
        }

        var (edits, input) = ScheduleForm.Edit(sent, view, story.Id);
        return input.Errors.Count > 0
            ? Show(view with { Input = input }, StatusCodes.Status400BadRequest)
            : await ChangeAsync(view, context, pages, form, story.Id, async () =>
            {
                await drafts.PostAsync(request.Site, view.Article.Id, Version(form), edits, request.Editor.Name, cancellation);
                return $"“{story.Name}” is scheduled in the draft.";
            });
    }

    private static async Task<IResult> NoteAsync(DeskRequest request, HttpContext context, DraftStore drafts, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        try
        {
            await drafts.NoteAsync(request.Site, context.Segment(Id), form["note"].ToString().Trim(), cancellation);
            return TypedResults.NoContent();
        }
        catch (DraftInvalidException invalid)
        {
            return Problems.Fields(invalid.Errors);
        }
        catch (DraftConflictException)
        {
            return TypedResults.Conflict();
        }
    }

    private static async Task<IResult> ReviewAsync(DeskRequest request, HttpContext context, PageDesk pages, DryRun effects, ReviewProblem? problem, CancellationToken cancellation)
    {
        if (await LoadAsync(request, context, pages, null, cancellation) is not { } view)
        {
            return DeskResults.Missing();
        }

        var reached = await effects.RunAsync(request.Site, view.Article.Id, view.Draft.Operations, cancellation: cancellation);
        return DeskResults.Page<ReviewPage>(
            new()
            {
                [nameof(ReviewPage.View)] = view,
                [nameof(ReviewPage.Effects)] = reached,
                [nameof(ReviewPage.Pages)] = await pages.StoriesAsync(request, reached.Examples.Select(example => example.Page), cancellation),
                [nameof(ReviewPage.Problem)] = problem,
            },
            problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> PublishAsync(
        DeskRequest request, HttpContext context, PageDesk pages, DryRun effects, PageReviews reviews, PublicationStore publications, PublishedCheck check, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (site, id, note) = (request.Site, context.Segment(Id), form["note"].ToString().Trim());
        var query = PageQuery.Of(context.Request.Query);
        ReviewProblem problem;
        try
        {
            var draft = await pages.DraftAsync(request, id, cancellation);
            var reviewed = await reviews.ReviewAsync(site, draft, null, cancellation);
            var version = await publications.PublishAsync(site, id, Version(form), request.Editor.Name, note, cancellation);
            var seen = await check.VerifyAsync(site, id, reviewed.Draft.List, cancellation);
            var clock = TimeZoneInfo.ConvertTime(seen.Time, request.TimeZone).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            var path = $"{request.PageOf(id)}{query}#{Content}";
            return seen.IsAsReviewed
                ? DeskResults.Done(context, path, $"Version {version.Number} is live for readers, {clock}. Pages that readers have open, and caches, follow within seconds.")
                : DeskResults.Failed(context, path, $"Version {version.Number} is published, {clock}, but readers' list is not quite the one that was reviewed: something else changed meanwhile. Below is what they see.");
        }
        catch (DraftInvalidException invalid)
        {
            problem = new ReviewProblem(StatusCodes.Status400BadRequest, string.Join(' ', invalid.Errors.Select(error => error.Message)), note, []);
        }
        catch (PublicationConflictException conflict)
        {
            problem = new ReviewProblem(StatusCodes.Status409Conflict, "Nothing was published: what the draft replaces was changed by somebody else since.", note, conflict.Changed);
        }
        catch (DraftConflictException)
        {
            problem = new ReviewProblem(StatusCodes.Status409Conflict, "Nothing was published: the draft was changed after you reviewed it. This is the review of the draft as it is now.", note, []);
        }

        return await ReviewAsync(request, context, pages, effects, problem, cancellation);
    }

    // Does what was asked and leads back, or shows where two editors met.
    private static async Task<IResult> ChangeAsync(PageView view, HttpContext context, PageDesk pages, IFormCollection form, string story, Func<Task<string>>? change)
    {
        var path = view.Link(view.Query, story.Length > 0 ? PageView.RowOf(story) : Content);
        if (change is null)
        {
            return DeskResults.Failed(context, path, "This button is from an earlier version of the page. Nothing was changed.");
        }

        try
        {
            return DeskResults.Done(context, path, await change());
        }
        catch (DraftInvalidException invalid)
        {
            return DeskResults.Failed(context, path, string.Join(' ', invalid.Errors.Select(error => error.Message)));
        }
        catch (DraftConflictException conflict)
        {
            return DeskResults.Page<ConflictPage>(
                new()
                {
                    [nameof(ConflictPage.View)] = (await pages.NameAsync(view, conflict.Clashes.SelectMany(clash => new[] { clash.Mine.Operation.Subject.Target, clash.Theirs.Subject.Target }), context.RequestAborted)) with { Draft = conflict.Current },
                    [nameof(ConflictPage.Clashes)] = conflict.Clashes,
                    [nameof(ConflictPage.Sent)] = form.Where(field => Sent.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value.ToString())).ToList(),
                    [nameof(ConflictPage.Target)] = $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString.ToUriComponent()}",
                },
                StatusCodes.Status409Conflict);
        }
    }

    private static Task<PageView?> LoadAsync(DeskRequest request, HttpContext context, PageDesk pages, ScheduleInput? input, CancellationToken cancellation) =>
        pages.LoadAsync(request, context.Segment(Id), PageQuery.Of(context.Request.Query), input, cancellation);

    private static IResult Show(PageView view, int status = StatusCodes.Status200OK) => DeskResults.Page<ListPage>(new() { [nameof(ListPage.View)] = view }, status);

    private static long Version(IFormCollection form) => long.TryParse(form["version"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1;
}

/// <summary>Why nothing was published.</summary>
/// <param name="Status">The answer's status.</param>
/// <param name="Text">What to tell.</param>
/// <param name="Note">The note as it was sent.</param>
/// <param name="Changed">Operations that replace what is another by now, and what that is.</param>
public sealed record ReviewProblem(int Status, string Text, string Note, IReadOnlyList<(Operation Mine, Editorial.Override? Now)> Changed);
