using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Recommender.Tables;

/// <summary>
/// The only place where partition and row keys are built and parsed. A key is a row of segments between tildes; a segment keeps
/// ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c> as they are and writes every other UTF-8 byte as <c>=XX</c>, so any text can be part of a key.
/// </summary>
public static class Keys
{
    /// <summary>Partitions that a site's articles are spread over.</summary>
    public const int Buckets = 64;

    /// <summary>The topic that every article is under.</summary>
    public const string AnyTopic = "*";

    private const char Separator = '~';
    private const string MonthFormat = "yyyyMM";

    /// <summary>Joins segments into a key.</summary>
    public static string Join(params ReadOnlySpan<string> segments)
    {
        var key = new StringBuilder();
        for (var i = 0; i < segments.Length; i++)
        {
            if (i > 0)
            {
                key.Append(Separator);
            }

            AppendSegment(key, segments[i]);
        }

        return key.ToString();
    }

    /// <summary>The segments that <see cref="Join"/> was given.</summary>
    /// <exception cref="FormatException">The key was not made by <see cref="Join"/>.</exception>
    public static string[] Split(string key) => Array.ConvertAll(key.Split(Separator), ParseSegment);

    /// <summary>What the keys of all partitions of a site start with, except that of its first, whose key is <see cref="Join"/> of the site alone.</summary>
    public static string SitePrefix(string site) => Join(site) + Separator;

    /// <summary>What stands behind the site in the key of one of its partitions: nothing, or a tilde and segments.</summary>
    /// <exception cref="FormatException">The partition is not the site's.</exception>
    public static string WithoutSite(string site, string partitionKey) =>
        partitionKey == Join(site) || partitionKey.StartsWith(SitePrefix(site), StringComparison.Ordinal)
            ? partitionKey[Join(site).Length..]
            : throw new FormatException($"'{partitionKey}' is no partition of site '{site}'.");

    /// <summary>The key of a site's partition, of what <see cref="WithoutSite"/> left of it.</summary>
    /// <exception cref="FormatException">It is nothing that <see cref="WithoutSite"/> leaves.</exception>
    public static string WithSite(string site, string rest) =>
        rest.Length == 0 || rest[0] == Separator ? Join(site) + rest : throw new FormatException($"'{rest}' is not the rest of a partition's key.");

    /// <summary>The number of the bucket that an article id falls into, two hexadecimal digits. XXH3 of its UTF-8 bytes.</summary>
    public static string Bucket(string id) => BucketName((int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id)) % Buckets));

    /// <summary>The partitions of a site in the tables Articles and Pages.</summary>
    public static IEnumerable<string> BucketPartitions(string site) =>
        Enumerable.Range(0, Buckets).Select(bucket => Join(site, BucketName(bucket)));

    /// <summary>Partition of an article, or of a page hash: <c>site ~ bucket(id)</c>.</summary>
    public static string BucketPartition(string site, string id) => Join(site, Bucket(id));

    /// <summary>Partition of an article's neighbours: <c>site ~ bucket(id) ~ generation</c>, without the last for generation 0.</summary>
    public static string Neighbours(string site, long generation, string id) => NeighboursOf(site, Bucket(id), generation);

    /// <summary>All partitions of a generation of a site's neighbours.</summary>
    public static IEnumerable<string> NeighbourPartitions(string site, long generation) =>
        Enumerable.Range(0, Buckets).Select(bucket => NeighboursOf(site, BucketName(bucket), generation));

    /// <summary>Row of an article or a page hash.</summary>
    public static string Row(string id) => Join(id);

    /// <summary>The article id in a row key.</summary>
    public static string ParseRow(string rowKey) => ParseSegment(rowKey);

    /// <summary>Partition of a month of a topic's timeline: <c>site ~ topic ~ yyyyMM</c>, in UTC.</summary>
    public static string Timeline(string site, string topic, DateTimeOffset published) => TimelineMonth(site, topic, Month(published));

    /// <summary>Partition of a month of a topic's timeline, the month as <see cref="Month"/> gives it.</summary>
    public static string TimelineMonth(string site, string topic, string month) => Join(site, topic, month);

    /// <summary>Partition that lists the months of a topic that have articles: <c>site ~ topic</c>.</summary>
    public static string TimelineMonths(string site, string topic) => Join(site, topic);

    /// <summary>Partition that lists a site's topics.</summary>
    public static string Topics(string site) => Join(site);

    /// <summary>Row of a timeline month; later months come first.</summary>
    public static string MonthRow(string month) => (999_999 - int.Parse(month, CultureInfo.InvariantCulture)).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The month in a row of <see cref="TimelineMonths"/>.</summary>
    public static string ParseMonthRow(string rowKey) => MonthRow(rowKey);

    /// <summary>The calendar month of an instant in UTC, <c>yyyyMM</c>.</summary>
    public static string Month(DateTimeOffset instant) => instant.UtcDateTime.ToString(MonthFormat, CultureInfo.InvariantCulture);

    /// <summary>Row of a timeline or audit entry: <c>inverted ticks ~ id</c>, later instants first, then by id.</summary>
    public static string Newest(DateTimeOffset instant, string id) => InvertedTicks(instant) + Separator + Join(id);

    /// <summary>The first possible row of entries no later than <paramref name="instant"/>.</summary>
    public static string NoLaterThan(DateTimeOffset instant) => InvertedTicks(instant);

    /// <summary>Instant and id of a row made by <see cref="Newest"/>.</summary>
    public static (DateTimeOffset Instant, string Id) ParseNewest(string rowKey)
    {
        var at = rowKey.IndexOf(Separator, StringComparison.Ordinal);
        var ticks = DateTimeOffset.MaxValue.UtcTicks - long.Parse(rowKey.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture);
        return (new DateTimeOffset(ticks, TimeSpan.Zero), ParseSegment(rowKey[(at + 1)..]));
    }

    /// <summary>Row of an entry in order of time: <c>ticks ~ id</c>, earlier instants first.</summary>
    public static string Oldest(DateTimeOffset instant, string id) => Ticks(instant) + Separator + Join(id);

    /// <summary>The first possible row of entries no earlier than <paramref name="instant"/>.</summary>
    public static string NoEarlierThan(DateTimeOffset instant) => Ticks(instant);

    private static string NeighboursOf(string site, string bucket, long generation) =>
        generation == 0 ? Join(site, bucket) : Join(site, bucket, generation.ToString(CultureInfo.InvariantCulture));

    private static string Ticks(DateTimeOffset instant) => instant.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static string InvertedTicks(DateTimeOffset instant) =>
        (DateTimeOffset.MaxValue.UtcTicks - instant.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static string BucketName(int bucket) => bucket.ToString("x2", CultureInfo.InvariantCulture);

    private static void AppendSegment(StringBuilder key, string segment)
    {
        foreach (var unit in Encoding.UTF8.GetBytes(segment))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' or (byte)'.')
            {
                key.Append((char)unit);
            }
            else
            {
                key.Append('=').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }
    }

    private static string ParseSegment(string segment)
    {
        if (!segment.Contains('=', StringComparison.Ordinal))
        {
            return segment;
        }

        var bytes = new List<byte>(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '=')
            {
                bytes.Add((byte)segment[i]);
                continue;
            }

            if (i + 2 >= segment.Length)
            {
                throw new FormatException($"'{segment}' is not a key segment.");
            }

            bytes.Add(byte.Parse(segment.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
