namespace Recommender.Evaluation;

/// <summary>A line of a judgement or run file is not what the format asks for; the message names the line.</summary>
public sealed class TrecFormatException(int line, string message) : Exception($"Line {line}: {message}")
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;
}
