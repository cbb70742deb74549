namespace Recommender.Benchmarks.Generating;

/// <summary>Invented words: the same for the same number, pronounceable, and as frequent as words of a newspaper are, the n-th about 1/n as often as the first.</summary>
internal static class GeneratedWords
{
    private const string Consonants = "bdfgklmnprstvz";
    private const string Vowels = "aeiou";
    private static readonly string[] Function =
        ["the", "of", "and", "to", "in", "a", "that", "for", "was", "on", "with", "as", "it", "by", "at", "from", "has", "had", "but", "which", "their", "after"];

    /// <summary>The word of a number, at least two syllables.</summary>
    public static string Of(int number)
    {
        var word = new List<char>();
        for (var rest = number; word.Count < 4 || rest > 0; rest /= Consonants.Length * Vowels.Length)
        {
            word.Add(Consonants[rest % Consonants.Length]);
            word.Add(Vowels[rest / Consonants.Length % Vowels.Length]);
        }

        return new string([.. word]);
    }

    /// <summary>The word of a number with a capital.</summary>
    public static string Name(int number) => Of(number) is var word ? char.ToUpperInvariant(word[0]) + word[1..] : "";

    /// <summary>A rank below <paramref name="limit"/> by Zipf's law.</summary>
    public static int Rank(Random random, int limit) => (int)Math.Exp(random.NextDouble() * Math.Log(limit)) - 1;

    /// <summary>A word that every text has.</summary>
    public static string Common(Random random) => Function[Rank(random, Function.Length + 1)];
}
