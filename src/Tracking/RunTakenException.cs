namespace AeVae.Tracking;

/// <summary>Another process works on the run, or has ended it: this one must keep its hands off.</summary>
public sealed class RunTakenException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public RunTakenException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which run, and who has it.</param>
    public RunTakenException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which run, and who has it.</param>
    /// <param name="innerException">The cause.</param>
    public RunTakenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
