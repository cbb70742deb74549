namespace Recommender.Backups;

/// <summary>A backup cannot be taken for what it says it is, or may not be put back; the message can be shown to whoever asked for it.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
