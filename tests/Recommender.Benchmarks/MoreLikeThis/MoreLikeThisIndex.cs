using Lucene.Net.Analysis.En;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Recommender.Articles;

namespace Recommender.Benchmarks.MoreLikeThis;

/// <summary>
/// Lucene's MoreLikeThis at its best settings for this: the 50 terms of title, dek and body that weigh most by tf-idf, from one occurrence in the page and two articles on,
/// sought with BM25. English analysis.
/// </summary>
internal sealed class MoreLikeThisIndex : IDisposable
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;
    private const int MostTerms = 50;
    private const string Id = "id";
    private const string Text = "text";
    private const string Published = "published";

    private readonly RAMDirectory directory = new();
    private readonly EnglishAnalyzer analyzer = new(Version);
    private readonly DirectoryReader reader;
    private readonly IndexSearcher searcher;
    private readonly Lucene.Net.Queries.Mlt.MoreLikeThis likeness;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public MoreLikeThisIndex(IEnumerable<Article> articles)
    {
        var kept = new FieldType(TextField.TYPE_NOT_STORED) { StoreTermVectors = true };
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(Version, analyzer)))
        {
            foreach (var article in articles)
            {
                writer.AddDocument([
                    new StringField(Id, article.Id, Field.Store.YES),
                    new Field(Text, $"{article.Title}\n{article.Dek}\n{article.Body}", kept),
                    new Int64Field(Published, article.Published.UtcTicks, Field.Store.NO),
                ]);
            }
        }

        reader = DirectoryReader.Open(directory);
        searcher = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        likeness = new(reader) { Analyzer = analyzer, FieldNames = [Text], MaxQueryTerms = MostTerms, MinTermFreq = 1, MinDocFreq = 2 };
        for (var number = 0; number < reader.MaxDoc; number++)
        {
            numbers[reader.Document(number).Get(Id)] = number;
        }
    }

    /// <summary>The articles most like one, best first.</summary>
    /// <param name="id">The page.</param>
    /// <param name="until">None published later than this.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<string> Like(string id, DateTimeOffset until, int count)
    {
        var page = numbers[id];
        var then = NumericRangeFilter.NewInt64Range(Published, null, until.UtcTicks, true, true);
        return [.. searcher.Search(likeness.Like(page), then, count + 1).ScoreDocs.Where(hit => hit.Doc != page).Take(count).Select(hit => reader.Document(hit.Doc).Get(Id))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        analyzer.Dispose();
        directory.Dispose();
    }
}
