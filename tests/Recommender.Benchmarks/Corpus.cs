using Recommender.Articles;
using Recommender.Cli.Terminals;
using Recommender.Sites;

namespace Recommender.Benchmarks;

/// <summary>Reads articles as the product does, so that every system gets the same text.</summary>
internal static class Corpus
{
    /// <summary>The articles of a file of JSON Lines by id; those that the product would refuse are told of and left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Article>> ReadAsync(string path, Terminal terminal, CancellationToken cancellation)
    {
        var site = new Site { Id = "corpus", Name = "Corpus" };
        var validator = new ArticleValidator(TimeProvider.System);
        var articles = new Dictionary<string, Article>(StringComparer.Ordinal);
        await using var file = File.OpenRead(path);
        await foreach (var line in ArticleLines.ReadAsync(file, cancellation))
        {
            IReadOnlyList<FieldError> errors = [];
            if (line.Input is { } input && validator.TryValidate(site, input, out var article, out errors))
            {
                articles[article.Id] = article;
            }
            else
            {
                terminal.Note($"{path}:{line.Number}: {line.Error ?? string.Join(' ', errors.Select(error => error.Message))}");
            }
        }

        return articles;
    }
}
