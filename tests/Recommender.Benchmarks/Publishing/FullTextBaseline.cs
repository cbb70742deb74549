using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Recommender.Articles;

namespace Recommender.Benchmarks.Publishing;

/// <summary>What a newsroom would do without this: articles in SQLite's full-text index, and what is like one by its most telling words.</summary>
internal sealed partial class FullTextBaseline : IDisposable
{
    private const int MostWords = 50;
    private const int LongWord = 6;
    private readonly SqliteConnection connection;

    /// <summary>Makes an empty one in a file.</summary>
    public FullTextBaseline(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, title, dek, body, tokenize = 'porter unicode61')");
    }

    /// <summary>Adds many in one transaction.</summary>
    public void Fill(IEnumerable<ArticleInput> articles)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var article in articles)
        {
            Insert(article);
        }

        transaction.Commit();
    }

    /// <summary>Adds one and finds those that are most like it, best first.</summary>
    public List<string> Publish(ArticleInput article, int count)
    {
        Insert(article);
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT id FROM articles WHERE articles MATCH $words ORDER BY rank LIMIT $count";
        query.Parameters.AddWithValue("$words", string.Join(" OR ", Telling($"{article.Title} {article.Dek} {article.Body}").Select(word => $"\"{word}\"")));
        query.Parameters.AddWithValue("$count", count);
        using var rows = query.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    // The most frequent of the long ones: a full-text index does not tell which are rare.
    private static IEnumerable<string> Telling(string text) => Words().Matches(text).Select(match => match.Value.ToLowerInvariant()).Where(word => word.Length >= LongWord)
        .CountBy(word => word).OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MostWords).Select(word => word.Key);

    private void Insert(ArticleInput article)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO articles (id, title, dek, body) VALUES ($id, $title, $dek, $body)";
        insert.Parameters.AddWithValue("$id", article.Id);
        insert.Parameters.AddWithValue("$title", article.Title);
        insert.Parameters.AddWithValue("$dek", article.Dek);
        insert.Parameters.AddWithValue("$body", article.Body);
        insert.ExecuteNonQuery();
    }

    private void Execute(string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();
}
