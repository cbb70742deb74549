using Recommender.Tables;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Where a test class keeps its stores.</summary>
public interface IToolPlace
{
    /// <summary>Skips the running test where the place cannot be had.</summary>
    void SkipUnlessThere();

    /// <summary>A store that nobody has used yet.</summary>
    ToolStore NewStore();
}

/// <summary>A store of the tool.</summary>
/// <param name="Environment">What leads the tool to it.</param>
/// <param name="Open">Opens it in this process.</param>
public sealed record ToolStore(IReadOnlyDictionary<string, string> Environment, Func<ITableStore> Open)
{
    /// <summary>The same store on Azure tables by another connection.</summary>
    internal ToolStore Behind(string connection) => this with { Environment = new Dictionary<string, string>(Environment) { ["MORE_STORIES_STORE"] = $"azure:{connection}" } };

    /// <summary>Runs the tool over this store.</summary>
    internal Task<ToolResult> RunAsync(params IEnumerable<string> arguments) => ToolProcess.RunAsync(Environment, null, arguments);

    /// <summary>Runs the tool over this store with something on its standard input.</summary>
    internal Task<ToolResult> RunWithInputAsync(string input, params IEnumerable<string> arguments) => ToolProcess.RunAsync(Environment, input, arguments);
}
