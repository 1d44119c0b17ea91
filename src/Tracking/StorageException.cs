namespace AeVae.Tracking;

/// <summary>The results file cannot be used as asked; the message says why and what to do.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public StorageException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with which file, and what to do.</param>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with which file, and what to do.</param>
    /// <param name="innerException">What SQLite or the file system said.</param>
    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
