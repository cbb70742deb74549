using System.Globalization;
using System.Text;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>All neighbour lists of sample articles, in words.</summary>
internal static class ListsOf
{
    /// <summary>Those of one generation, the one that a reader sees who comes now.</summary>
    public static async Task<string> StoreAsync(ITableStore tables, Site site, int count)
    {
        while (true)
        {
            var table = new NeighbourTable(tables);
            var generation = (await table.NowAsync(site)).Generation;
            var lists = new StringBuilder();
            foreach (var id in SampleArticles.Ids(count))
            {
                var list = await table.GetAsync(site, id);
                lists.AppendLine(CultureInfo.InvariantCulture, $"{id}: {(list is null ? "none" : string.Join(' ', list.Neighbours.Select(near => $"{near.Id} {near.Strength} {Convert.ToHexString(near.Features)}")))}");
            }

            if ((await table.NowAsync(site)).Generation == generation)
            {
                return lists.ToString();
            }
        }
    }
}
