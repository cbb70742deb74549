using System.CommandLine;
using Recommender.Benchmarks.Indexing;
using Recommender.Benchmarks.Running;
using Recommender.Cli;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;
using Recommender.Ranking.Models;
using Recommender.Similarity;

namespace Recommender.Benchmarks.Searching;

/// <summary>Measures on a judged corpus what the index's short cuts cost: its neighbours against those of exhaustive scoring, and what either is worth to lists.</summary>
internal sealed class SearchCommand : Command
{
    private const int Depth = 20;

    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines.", HelpName = "FILE", Required = true };
    private readonly Option<string> qrels = new("--qrels") { Description = "TREC judgements.", HelpName = "FILE", Required = true };
    private readonly Option<string?> json = new("--json") { Description = "Write the figures to this file, as one JSON object.", HelpName = "FILE" };

    /// <param name="terminal">Where it tells.</param>
    public SearchCommand(Terminal terminal)
        : base("search", "Finds the neighbours of judged pages by the index and by comparing each with every article: what the index misses, and what that costs lists, as of each page's date.")
    {
        Add(articles);
        Add(qrels);
        Add(json);
        SetAction(async (arguments, cancellation) =>
        {
            var corpus = await Corpus.ReadAsync(arguments.GetRequiredValue(articles), terminal, cancellation);
            var judged = (await TrecFiles.QrelsAsync(arguments.GetRequiredValue(qrels), cancellation)).AsOf(id => corpus.GetValueOrDefault(id)?.Published);
            using var index = BuiltIndex.Of(BuiltIndex.Analyse(corpus.Values));
            var figures = Measure(new SearchedCorpus(index), judged, terminal);
            figures.Write();
            if (arguments.GetValue(json) is { } path)
            {
                await figures.SaveAsync(path, cancellation);
            }

            return ExitCode.Success;
        });
    }

    private static Figures Measure(SearchedCorpus corpus, Qrels judged, Terminal terminal)
    {
        var pages = judged.Queries.AsParallel().AsOrdered().Select(page => corpus.Search(page, judged.Of(page))).OfType<SearchedPage>().ToList();
        var (found, exhaustive, every) = (Ndcg(page => page.Found), Ndcg(page => page.Exhaustive), Ndcg(page => page.EveryStory));
        var figures = new Figures(terminal);
        figures.Add("pages", pages.Count, "judged pages");
        figures.Add($"recall@{Depth}", pages.Average(page => page.RecallAt(Depth)), $"of the {Depth} nearest by exhaustive scoring, those that the index finds");
        figures.Add($"recall@{NeighbourList.Capacity}", pages.Average(page => page.RecallAt(NeighbourList.Capacity)), "the same of a whole list of neighbours");
        figures.Add("ndcg@5", found, "of the index's neighbours, ranked by the shipped weights");
        figures.Add("ndcg@5_loss_vs_exhaustive", exhaustive - found, "what the neighbours of exhaustive scoring have more");
        figures.Add("ndcg@5_loss_vs_every_story", every - found, "what ranking every story of the corpus would have more");
        return figures;

        double Ndcg(Func<SearchedPage, Ranking.Learning.JudgedList> list) => pages.Average(page => list(page).NdcgOf(ShippedModel.Instance));
    }
}
