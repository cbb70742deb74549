using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>The articles of an index, each at a place of its own. The place of one that is gone stays empty. Not safe for threads by itself.</summary>
internal sealed class PlacedArticles
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> languages = new(StringComparer.Ordinal);
    private readonly List<IndexedArticle?> articles = [];
    private readonly List<PlacedArticle> columns = [];

    /// <summary>Number of articles.</summary>
    public int Count => places.Count;

    /// <summary>Number of places, some of which are empty.</summary>
    public int Places => articles.Count;

    /// <summary>The articles, in no particular order.</summary>
    public IEnumerable<IndexedArticle> All => articles.OfType<IndexedArticle>();

    /// <summary>What is looked at first of the article at each place; all zero where there is none.</summary>
    public ReadOnlySpan<PlacedArticle> Columns => CollectionsMarshal.AsSpan(columns);

    /// <summary>The article at a place that is not empty.</summary>
    public IndexedArticle this[int place] => articles[place]!;

    /// <summary>Finds an article by its id.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out IndexedArticle? article)
    {
        article = places.TryGetValue(id, out var place) ? articles[place] : null;
        return article is not null;
    }

    /// <summary>The place of an article; −1 when it is not here.</summary>
    public int PlaceOf(string id) => places.GetValueOrDefault(id, -1);

    /// <summary>The number of a language; −1 when no article is in it.</summary>
    public int LanguageOf(string language) => languages.GetValueOrDefault(language, -1);

    /// <summary>Gives an article the next place, and returns that.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public int Add(IndexedArticle article)
    {
        if (articles.Count == Postings.MostPlaces)
        {
            throw new InvalidOperationException($"An index holds at most {Postings.MostPlaces} articles.");
        }

        places[article.Id] = articles.Count;
        articles.Add(article);
        columns.Add(default);
        return articles.Count - 1;
    }

    /// <summary>Puts an article in the place of the one of the same id.</summary>
    public void Replace(IndexedArticle article) => articles[places[article.Id]] = article;

    /// <summary>Takes over an article's lengths.</summary>
    public void Measure(IndexedArticle article)
    {
        ref var language = ref CollectionsMarshal.GetValueRefOrAddDefault(languages, article.Language, out var isKnown);
        language = isKnown ? language : languages.Count - 1;
        columns[places[article.Id]] = new PlacedArticle(article.Lengths.Terms, PlacedArticle.DayOf(article.Published), language);
    }

    /// <summary>Takes an article out; null when it is not here.</summary>
    public IndexedArticle? Remove(string id)
    {
        if (!places.Remove(id, out var place))
        {
            return null;
        }

        var article = articles[place];
        articles[place] = null;
        columns[place] = default;
        return article;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        places.Clear();
        articles.Clear();
        columns.Clear();
    }
}
