using System.Globalization;

namespace Recommender.Functions.Widget;

/// <summary>Instants as attributes such as <c>datetime</c> have them.</summary>
internal static class MachineTime
{
    /// <summary>To the second, in UTC: <c>2021-10-18T14:05:00Z</c>.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
