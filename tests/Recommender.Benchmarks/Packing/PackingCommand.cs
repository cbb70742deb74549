using System.CommandLine;
using System.Globalization;
using Recommender.Articles;
using Recommender.Cli;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;
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
    private readonly Terminal terminal;

    public PackingCommand(Terminal terminal)
        : base("packing", "Ranks by the cosine of packed terms, of the same terms unpacked, and of all terms, as of each page's date: what packing costs.")
    {
        this.terminal = terminal;
        Add(articles);
        Add(qrels);
        SetAction(async (arguments, cancellation) =>
        {
            var corpus = await Corpus.ReadAsync(arguments.GetRequiredValue(articles), terminal, cancellation);
            var judged = await TrecFiles.QrelsAsync(arguments.GetRequiredValue(qrels), cancellation);
            Report(corpus, judged.AsOf(id => corpus.GetValueOrDefault(id)?.Published));
            return ExitCode.Success;
        });
    }

    private void Report(IReadOnlyDictionary<string, Article> corpus, Qrels judged)
    {
        var texts = corpus.Values.AsParallel().AsOrdered().Select(article => (Article: article, Text: TermAnalyzer.Analyse(article))).ToList();
        using var index = new SimilarityIndex();

        // Once to know what terms tell in the whole corpus, once to choose by it, as a reindex does.
        Fill(index, texts);
        Fill(index, texts);
        var packed = index.Articles.ToDictionary(article => article.Id, StringComparer.Ordinal);

        var exact = Judge(judged, texts.Select(entry => Vector(entry.Article, entry.Text, AllOf(entry.Text))));
        var chosen = Judge(judged, texts.Select(entry => Vector(entry.Article, entry.Text, AllOf(entry.Text).Where(KeptIn(packed[entry.Article.Id].Terms)))));
        var kept = Judge(judged, texts.Select(entry => Vector(entry.Article, entry.Text, Terms(packed[entry.Article.Id].Terms))));
        var table = new Table().Border(terminal.IsScreen ? TableBorder.Rounded : TableBorder.None).AddColumns("vectors", "nDCG@5", "against exact", "p");
        foreach (var (name, figure) in new[] { ("all terms, exact", exact), ("best terms, exact", chosen), ("best terms, packed", kept) })
        {
            table.AddRow(name, Number(figure.Mean), (figure.Mean - exact.Mean).ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture), Number(RandomizationTest.PValue(figure.PerQuery, exact.PerQuery)));
        }

        terminal.Write(table);
        var sizes = packed.Values.Select(article => article.Terms.Length).Order().ToList();
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{judged.Queries.Count} queries; {texts.Average(entry => entry.Text.Terms.Count):0} terms an article, kept in {sizes[sizes.Count / 2]} bytes at the median, {sizes[^1]} at most"));
    }

    private static void Fill(SimilarityIndex index, IEnumerable<(Article Article, AnalysedText Text)> texts)
    {
        foreach (var (article, text) in texts)
        {
            index.Set(new IndexedArticle(article.Id, article.Published, text.Language, TermSelection.Select(text, index)));
        }
    }

    private static Figure Judge(Qrels judged, IEnumerable<TermVector> vectors)
    {
        var ranking = new TermVectors([.. vectors]);
        var run = new TrecRun(judged.Queries.ToDictionary(query => query, query => ranking.Nearest(query, Depth), StringComparer.Ordinal));
        return RunEvaluation.Of(run, judged, [Measure.Ndcg(Depth)]).Figures[0];
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

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
