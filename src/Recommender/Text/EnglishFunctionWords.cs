using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Recommender.Text;

/// <summary>English words that hold sentences together and tell nothing. Lucene's own list for English, unlike those for other languages, has the 33 most frequent only.</summary>
internal static class EnglishFunctionWords
{
    private const string Words =
        """
        about above across after again against all along also although always am among any anything around away back because been before behind being below between both came can cannot
        come could did do does doing done down during each either else enough even ever every everyone everything few from further get give given go goes going gone got had has have
        having he hers her here herself him himself his how however i inside itself its just keep kept last least less let like made make makes many may maybe me might mine more
        most much must my myself near neither never next nobody none nor nothing now off often once one only onto other others our ours ourselves out outside over own per perhaps put
        quite rather really said same say says see seem seems several shall she should since so some someone something soon still take than them themselves though through thus together
        too toward towards two under until unless up upon us use used very via was we well were what whatever when where whether which while who whom whose why within without would
        yet you your yours yourself yourselves
        """;

    /// <summary>These and Lucene's.</summary>
    public static CharArraySet WithDefaults(LuceneVersion version)
    {
        var words = new CharArraySet(version, EnglishAnalyzer.DefaultStopSet, ignoreCase: true);
        foreach (var word in Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add(word);
        }

        return words;
    }
}
