using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Articles;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Cli.Terminals;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Review;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;
using Spectre.Console;

namespace Recommender.Benchmarks.DryRuns;

/// <summary>Measures how long the desk takes to tell what a decision for a topic or the site does to other pages.</summary>
internal sealed class DryRunCommand : Command
{
    private const string Page = "story-0";
    private readonly Option<string> articles = new("--articles") { Description = "Articles to grow a corpus of: JSON Lines.", HelpName = "FILE", Required = true };
    private readonly Option<int> count = new("--count") { Description = "Articles in it.", DefaultValueFactory = _ => 20_000 };
    private readonly Terminal terminal;

    public DryRunCommand(Terminal terminal)
        : base("dry-run", "Measures the desk's dry run over many articles.")
    {
        this.terminal = terminal;
        Add(articles);
        Add(count);
        SetAction(async (arguments, cancellation) =>
        {
            var corpus = (await Corpus.ReadAsync(arguments.GetRequiredValue(articles), terminal, cancellation)).Values.OrderBy(article => article.Id, StringComparer.Ordinal).ToList();
            await RunAsync(corpus, arguments.GetValue(count), cancellation);
            return ExitCode.Success;
        });
    }

    private async Task RunAsync(List<Article> corpus, int wanted, CancellationToken cancellation)
    {
        await using var engine = await EmbeddedEngine.CreateAsync(cancellation);
        var site = new Site { Id = "corpus", Name = "Corpus" };
        var begun = TimeProvider.System.GetTimestamp();
        var imported = await engine.Services.GetRequiredService<Publisher>().ImportAsync(site, GrownCorpus.Of(corpus, wanted).ToAsyncEnumerable(), cancellation).CountAsync(result => result.Errors.Count == 0, cancellation);
        terminal.Note($"{imported} articles indexed in {Seconds(begun)} s");
        await MeasureAsync(engine.Services, site, cancellation);
    }

    private async Task MeasureAsync(ServiceProvider services, Site site, CancellationToken cancellation)
    {
        site = await services.GetRequiredService<SiteRankers>().WithFloorAsync(site, cancellation);
        var index = await services.GetRequiredService<SiteIndexes>().GetAsync(site);
        var newest = index.Outlines.OrderByDescending(article => article.Published).ToList();
        var topic = newest.SelectMany(article => article.Topics).CountBy(slug => slug).OrderByDescending(slug => slug.Value).Select(slug => slug.Key).FirstOrDefault();
        var hub = newest.Where((_, place) => place % 97 == 0).MaxBy(article => index.Nearest(article.Id, 2_000).Count(near => near.Similarity >= site.Ranking.Floor))!;
        var rules = new List<(string What, Override Rule)>
        {
            ("block everywhere, a story from the middle", new Block { Scope = OverrideScope.Site, Target = newest[newest.Count / 2].Id }),
            ("block everywhere, the newest story", new Block { Scope = OverrideScope.Site, Target = newest[0].Id }),
            ("block everywhere, the story that most are like", new Block { Scope = OverrideScope.Site, Target = hub.Id }),
            ("boost everywhere × 4, the same", new Boost { Scope = OverrideScope.Site, Target = hub.Id, Factor = 4 }),
            ("evergreen everywhere, the same", new Evergreen { Scope = OverrideScope.Site, Target = hub.Id }),
            ("pin everywhere, the same", new Pin { Scope = OverrideScope.Site, Target = hub.Id, Slot = 1 }),
        };
        if (topic is not null)
        {
            rules.Add(($"pin in the largest topic ({topic})", new Pin { Scope = OverrideScope.Topic(topic), Target = hub.Id, Slot = 1 }));
        }

        var table = new Table().AddColumns("what", "s", "pages that could change", "looked at", "changed", "exact");
        foreach (var (what, rule) in rules)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var result = await services.GetRequiredService<DryRun>().RunAsync(site, Page, [Operation.Put(rule)], cancellation: cancellation);
            table.AddRow(what, Seconds(begun), Number(result.Candidates), Number(result.Looked), Number(result.Changed), result.IsExact ? "yes" : "at least");
        }

        terminal.Write(table);
    }

    private static string Seconds(long begun) => TimeProvider.System.GetElapsedTime(begun).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
