using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Recommender.Tables;

namespace Recommender.Functions.Access.SignIn;

/// <summary>
/// Keeps the keys that encrypt sessions and form tokens in the store, so that what one instance gave every other can read, and a restart signs nobody out. Partition <c>keys</c>, a row for each.
/// </summary>
/// <remarks>They lie there as they are: who can read the tables can pass for an editor, but could write the overrides as well.</remarks>
internal sealed class TableKeyRing(ITableStore store) : IXmlRepository
{
    private const string Content = "Key";
    private static readonly string Partition = Keys.Join("keys");
    private readonly ITable table = store.Table(TableNames.Secrets);

    // The framework asks for keys at start, then about once a day, and has no asynchronous way to.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        table.SubmitAsync(RowChange.Upsert(new TableRow(Partition, Keys.Row(friendlyName)) { Properties = properties })).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var keys = new List<XElement>();
        await foreach (var row in table.QueryAllAsync(Partition).ConfigureAwait(false))
        {
            keys.Add(XElement.Parse(Encoding.UTF8.GetString(ByteParts.Read(row, Content)!)));
        }

        return keys;
    }
}

/// <summary>Has data protection use <see cref="TableKeyRing"/>.</summary>
internal sealed class TableKeyRingSetup(TableKeyRing keys) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = keys;
}
