namespace AeVae.Tracking.Merging;

/// <summary>Another results file cannot be brought in, and nothing of it was: it cannot be read, or the two tell different things of the same run or sweep.</summary>
public sealed class MergeRefusedException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public MergeRefusedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong, and what to do.</param>
    public MergeRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public MergeRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
