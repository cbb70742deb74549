using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Tests.Tables;

/// <summary>The contract on an SQLite file.</summary>
public sealed class SqliteContractTests(SqliteContractTests.Place place) : TableContract(place), IClassFixture<SqliteContractTests.Place>
{
    /// <summary>A file in a directory that the store has to make.</summary>
    public sealed class Place : IStorePlace, IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("more-stories-");

        public ITableStore Open() => new SqliteTableStore(Path.Combine(folder.FullName, "made", "stories.db"));

        public ITableStore OpenUnreachable() => new SqliteTableStore(Path.Combine(folder.FullName, "missing", "stories.db"));

        public void Dispose() => folder.Delete(recursive: true);
    }
}
