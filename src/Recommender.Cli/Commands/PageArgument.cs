using Recommender.Articles;
using Recommender.Cli.Sessions;

namespace Recommender.Cli.Commands;

/// <summary>A page as people name it: by its URL, or by its article's id.</summary>
internal static class PageArgument
{
    /// <summary>Whether it is a URL.</summary>
    public static bool IsUrl(string page) => page.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || page.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Id of the article that is meant.</summary>
    /// <exception cref="CommandException">There is no such article.</exception>
    public static async Task<Article> FindAsync(Session session, string page, CancellationToken cancellation)
    {
        var id = IsUrl(page) ? await session.Publisher.FindAsync(session.Site, page, cancellation) : page;
        return (id is null ? null : await session.Publisher.GetAsync(session.Site, id, cancellation))
            ?? throw new CommandException($"There is no article '{page}' in site '{session.Site.Id}'.");
    }
}
