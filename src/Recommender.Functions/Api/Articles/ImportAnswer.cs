using System.Text.Json.Serialization;
using Recommender.Articles;

namespace Recommender.Functions.Api.Articles;

/// <summary>What became of one line of an import.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Id">The article's id; absent when none could be told.</param>
/// <param name="Outcome"><c>created</c>, <c>updated</c>, <c>unchanged</c>, <c>invalid</c> or <c>conflict</c>.</param>
/// <param name="Errors">What is wrong; absent when nothing is.</param>
internal sealed record ImportAnswer(int Line, string? Id, string Outcome, IReadOnlyList<FieldError>? Errors = null);

/// <summary>The last line of an import's answer.</summary>
/// <param name="Complete">Whether the whole body was read; false when it broke off, and then all lines above are durable all the same.</param>
/// <param name="Created">Articles that were new.</param>
/// <param name="Updated">Articles that had changed.</param>
/// <param name="Unchanged">Articles that were there already.</param>
/// <param name="Failed">Lines that were no article, or conflicted with one.</param>
internal sealed record ImportSummary(
    [property: JsonPropertyOrder(-1)] bool Complete, int Created, int Updated, int Unchanged, int Failed);
