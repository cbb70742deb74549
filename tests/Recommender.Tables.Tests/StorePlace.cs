using Recommender.Tables;

namespace Recommender.Tests.Tables;

/// <summary>Where the contract's tables are: each call opens another store on the same place.</summary>
public interface IStorePlace
{
    /// <summary>Another store on this place.</summary>
    ITableStore Open();

    /// <summary>A store on a place that does not answer.</summary>
    ITableStore OpenUnreachable();
}
