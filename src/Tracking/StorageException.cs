namespace AeVae.Tracking;

/// <summary>The results file cannot be used as asked; the message says why and what to do.</summary>
/// <param name="message">What is wrong with which file, and what to do.</param>
/// <param name="cause">What SQLite or the file system said.</param>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The file is there and cannot be written: it, its folder or its disk is read-only.</summary>
    public bool CannotBeWritten { get; init; }
}
