using System.IO.Hashing;
using System.Text;

namespace Recommender.Articles;

/// <summary>Tells whether an article is the same as before.</summary>
public static class ContentHash
{
    /// <summary>128 bits (XXH128) over all fields, as 32 hexadecimal digits: the same in every process.</summary>
    public static string Of(Article article)
    {
        var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        foreach (var text in new[] { article.Id, article.Url, article.Title, article.Dek, article.Body, article.Language })
        {
            writer.Write(text);
        }

        writer.Write(article.Published.UtcTicks);
        writer.Write(article.Updated?.UtcTicks ?? 0);
        WriteMany(writer, article.Topics.SelectMany(topic => new[] { topic.Slug, topic.Name }));
        WriteMany(writer, article.Authors);
        WriteMany(writer, article.Links);
        WriteMany(writer, article.Image is { } image ? [image.Url, image.Alt] : []);
        writer.Write(article.Image?.Width ?? 0);
        writer.Write(article.Image?.Height ?? 0);
        if (article.Evergreen)
        {
            writer.Write("evergreen");
        }

        writer.Flush();
        return Convert.ToHexStringLower(XxHash128.Hash(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }

    private static void WriteMany(BinaryWriter writer, IEnumerable<string> texts)
    {
        var all = texts.ToList();
        writer.Write(all.Count);
        all.ForEach(writer.Write);
    }
}
