using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Articles;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Similarity;

namespace Recommender.Benchmarks.Publishing;

/// <summary>Publishes one article after the other in a site that has many, and looks after each whether it is in its own list and in those of others.</summary>
internal sealed class PublishedStories(EmbeddedEngine engine)
{
    // Other stories than those that are there.
    private readonly GeneratedCorpus corpus = new(seed: 5);
    private int published;

    /// <summary>Leaves out those that were published before, in a store that was kept.</summary>
    public async Task SkipPublishedAsync()
    {
        var index = await engine.Services.GetRequiredService<SiteIndexes>().GetAsync(GeneratedArticles.Site);
        while (index.Outline(IdOf(published)) is not null)
        {
            published++;
        }
    }

    /// <summary>The next to be published.</summary>
    public ArticleInput Next()
    {
        var id = IdOf(published);
        return corpus.Article(published++) with { Id = id, Url = $"https://generated.example/{id}" };
    }

    /// <summary>Publishes an article, and gives the milliseconds until it appears both ways.</summary>
    /// <exception cref="CommandException">It does not.</exception>
    public async Task<double> PublishAsync(ArticleInput article, CancellationToken cancellation)
    {
        var neighbours = engine.Services.GetRequiredService<NeighbourTable>();
        var begun = Stopwatch.GetTimestamp();
        var result = await engine.Services.GetRequiredService<Publisher>().PublishAsync(GeneratedArticles.Site, article, cancellation);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var own = result.Outcome == PublishOutcome.Created ? await neighbours.GetAsync(GeneratedArticles.Site, article.Id!, cancellation) : null;
        foreach (var near in own?.Neighbours ?? [])
        {
            if ((await neighbours.GetAsync(GeneratedArticles.Site, near.Id, cancellation))!.Neighbours.Any(back => back.Id == article.Id))
            {
                return took;
            }
        }

        throw new CommandException($"{article.Id} is not in its list and in another's: {result.Outcome} {string.Join(' ', result.Errors.Select(error => error.Message))}");
    }

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"late-{number}");
}
