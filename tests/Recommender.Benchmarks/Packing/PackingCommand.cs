using System.CommandLine;
using System.Globalization;
using Recommender.Articles;
using Recommender.Benchmarks.Indexing;
using Recommender.Cli;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;
using Recommender.Ranking.Learning;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Text;
using Spectre.Console;

namespace Recommender.Benchmarks.Packing;

/// <summary>Measures what it costs to keep of an article its best terms in a few bytes, against all its terms in full precision.</summary>
internal sealed class PackingCommand : Command
{
    private const int Depth = 5;

    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines.", HelpName = "FILE", Required = true };
    private readonly Option<string> qrels = new("--qrels") { Description = "TREC judgements.", HelpName = "FILE", Required = true };
    // What trees learn from four fifths of the pages differs by chance more than packing costs: several divisions are averaged.
    private readonly Option<int> divisions = new("--divisions") { Description = "Divisions of the pages in which trees are learned and validated.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> terms = new("--terms") { Description = "Terms kept of an article.", DefaultValueFactory = _ => TermSelection.Capacity };
    private readonly Option<int> bytes = new("--bytes") { Description = "Bytes they are kept in.", DefaultValueFactory = _ => PackedTerms.MaxBytes };
    private readonly Terminal terminal;

    private TableBorder Border => terminal.IsScreen ? TableBorder.Rounded : TableBorder.None;

    public PackingCommand(Terminal terminal)
        : base("packing", "Ranks by the best terms of each article, packed, and by all its terms, as of each page's date: what packing costs lists, and what it costs the cosine alone.")
    {
        this.terminal = terminal;
        Add(articles);
        Add(qrels);
        Add(divisions);
        Add(terms);
        Add(bytes);
        SetAction(async (arguments, cancellation) =>
        {
            var corpus = await Corpus.ReadAsync(arguments.GetRequiredValue(articles), terminal, cancellation);
            var judged = await TrecFiles.QrelsAsync(arguments.GetRequiredValue(qrels), cancellation);
            var texts = BuiltIndex.Analyse(corpus.Values);
            using var packed = new PackedCorpus(texts, arguments.GetValue(terms), arguments.GetValue(bytes));
            Report(texts, packed, judged.AsOf(id => corpus.GetValueOrDefault(id)?.Published), arguments.GetValue(divisions));
            return ExitCode.Success;
        });
    }

    private void Report(IReadOnlyList<(Article Article, AnalysedText Text)> texts, PackedCorpus packed, Qrels judged, int divided)
    {
        using var whole = new PackedCorpus(texts, int.MaxValue, int.MaxValue);
        var kept = packed.Articles;

        var lists = new Table().Border(Border).AddColumns("lists", "shipped weights", "boosted trees");
        var (exact, best) = (whole.Judge(judged), packed.Judge(judged));
        var (exactTrees, bestTrees) = (Validate(exact, divided), Validate(best, divided));
        var differences = exactTrees.Zip(bestTrees, (all, kept) => kept.Learned - all.Learned).ToList();
        lists.AddRow("all terms", Number(exactTrees[0].Current), Number(exactTrees.Average(division => division.Learned)));
        lists.AddRow("best terms, packed", Number(bestTrees[0].Current), Number(bestTrees.Average(division => division.Learned)));
        lists.AddRow("difference", Difference(bestTrees[0].Current - exactTrees[0].Current), Difference(differences.Average()));
        terminal.Write(lists);
        terminal.WriteLine($"Trees learned in {divided} divisions of the pages; differences from {Difference(differences.Min())} to {Difference(differences.Max())}, standard error {Number(StandardError(differences))}");

        var cosines = new Table().Border(Border).AddColumns("cosine of terms alone", "nDCG@5", "difference");
        var all = Judge(judged, texts.Select(entry => Vector(entry.Article, entry.Text, AllOf(entry.Text))));
        foreach (var (name, mean) in new[]
        {
            ("all terms, exact", all),
            ("best terms, exact", Judge(judged, texts.Select(entry => Vector(entry.Article, entry.Text, AllOf(entry.Text).Where(KeptIn(kept[entry.Article.Id].Terms)))))),
            ("best terms, packed", Judge(judged, texts.Select(entry => Vector(entry.Article, entry.Text, Terms(kept[entry.Article.Id].Terms))))),
        })
        {
            cosines.AddRow(name, Number(mean), Difference(mean - all));
        }

        terminal.Write(cosines);
        var sizes = kept.Values.Select(article => article.Terms.Length).Order().ToList();
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{judged.Queries.Count} queries; {texts.Average(entry => entry.Text.Terms.Count):0} terms an article, the best of them kept in {sizes[sizes.Count / 2]} bytes at the median, {sizes[^1]} at most"));
    }

    private static List<RankerValidation> Validate(IReadOnlyList<JudgedList> lists, int divided) =>
        [.. Enumerable.Range(0, divided).Select(division => RankerValidation.Of(lists, ShippedModel.Instance, division))];

    private static double Judge(Qrels judged, IEnumerable<TermVector> vectors)
    {
        var ranking = new TermVectors([.. vectors]);
        var run = new TrecRun(judged.Queries.ToDictionary(query => query, query => ranking.Nearest(query, Depth), StringComparer.Ordinal));
        return RunEvaluation.Of(run, judged, [Measure.Ndcg(Depth)]).Figures[0].Mean;
    }

    private static TermVector Vector(Article article, AnalysedText text, IEnumerable<(uint Identity, double Weight)> terms) =>
        new(article.Id, text.Language, article.Published, [.. terms]);

    private static IEnumerable<(uint Identity, double Weight)> AllOf(AnalysedText text) =>
        text.Terms.DistinctBy(PackedTerms.Identity).Select(term => (PackedTerms.Identity(term), Math.Sqrt(term.Count)));

    private static IEnumerable<(uint Identity, double Weight)> Terms(PackedTerms terms) =>
        Enumerable.Range(0, terms.Count).Select(place => (terms.HashAt(place), (double)terms.WeightAt(place)));

    private static Func<(uint Identity, double Weight), bool> KeptIn(PackedTerms terms)
    {
        var kept = Terms(terms).Select(term => term.Identity).ToHashSet();
        return term => kept.Contains(term.Identity);
    }

    private static double StandardError(List<double> values) =>
        values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1) / values.Count);

    private static string Difference(double value) => value.ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
