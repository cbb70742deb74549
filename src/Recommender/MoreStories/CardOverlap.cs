using System.Text;
using Recommender.Articles;

namespace Recommender.MoreStories;

/// <summary>
/// How much two stories would say the same beside each other, 0 to 1, told from what their cards show: the words of their headlines, the terms they share with the page, their topics and their
/// authors. A weighted mean of these (Dice coefficients); what one of the two does not have does not count.
/// </summary>
public sealed class CardOverlap
{
    private const double TitleWeight = 0.4;
    private const double TermWeight = 0.3;
    private const double TopicWeight = 0.2;
    private const double AuthorWeight = 0.1;

    // Shorter words are mostly those that every headline has.
    private const int ShortestWord = 4;

    private readonly HashSet<string> title;
    private readonly HashSet<string> terms;
    private readonly HashSet<string> topics;
    private readonly HashSet<string> authors;

    /// <summary>What there is to compare of a story.</summary>
    /// <param name="card">The story.</param>
    /// <param name="shared">Terms that it shares with the page, in their surface form.</param>
    public CardOverlap(ArticleCard card, IReadOnlyList<string> shared)
    {
        title = Words(card.Title);
        terms = [.. shared.SelectMany(Words)];
        topics = [.. card.Topics];
        authors = new(card.Authors, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The overlap of two stories, the same both ways.</summary>
    public static double Of(CardOverlap left, CardOverlap right)
    {
        var (sum, weights) = (0.0, 0.0);
        Add(left.title, right.title, TitleWeight);
        Add(left.terms, right.terms, TermWeight);
        Add(left.topics, right.topics, TopicWeight);
        Add(left.authors, right.authors, AuthorWeight);
        return weights > 0 ? sum / weights : 0;

        void Add(HashSet<string> one, HashSet<string> other, double weight)
        {
            if (one.Count > 0 && other.Count > 0)
            {
                sum += weight * 2 * one.Count(other.Contains) / (one.Count + other.Count);
                weights += weight;
            }
        }
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        var previous = '\0';
        foreach (var character in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Append(' '))
        {
            // Where a script has no spaces, pairs of characters stand for words.
            if (character is (>= '\u0E00' and <= '\u0EFF') or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF'))
            {
                if (previous != '\0')
                {
                    words.Add($"{previous}{character}");
                }

                previous = character;
                continue;
            }

            previous = '\0';
            if (char.IsLetterOrDigit(character))
            {
                word.Append(character);
                continue;
            }

            if (word.Length >= ShortestWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
        }

        return words;
    }
}
