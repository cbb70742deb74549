using System.CommandLine;
using System.Globalization;

namespace Recommender.Cli.Evaluating;

/// <summary>The numbers of places at which nDCG is measured.</summary>
internal static class CutoffsOption
{
    private const int Most = 1_000;

    /// <summary>An option <c>--k</c>.</summary>
    public static Option<int[]> Create()
    {
        var option = new Option<int[]>("--k") { Description = "Places that nDCG looks at, with commas between. Default: 5,10.", HelpName = "N,…", DefaultValueFactory = _ => [5, 10] };
        option.CustomParser = result =>
        {
            var cutoffs = new List<int>();
            foreach (var part in result.Tokens[0].Value.Split(','))
            {
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) || cutoff is < 1 or > Most)
                {
                    result.AddError($"--k has whole numbers from 1 to {Most} with commas between, not '{part}'.");
                    return [];
                }

                cutoffs.Add(cutoff);
            }

            return [.. cutoffs];
        };
        return option;
    }
}
