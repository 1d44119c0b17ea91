namespace AeVae.Tracking;

/// <summary>A selector means no run, or several where one was asked for.</summary>
public sealed class NoSuchRunException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public NoSuchRunException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was asked for, and what is there.</param>
    public NoSuchRunException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was asked for, and what is there.</param>
    /// <param name="innerException">The cause.</param>
    public NoSuchRunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
