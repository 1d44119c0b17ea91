namespace AeVae.Data;

/// <summary>A problem with data that a person can solve: the message says where, what was found, what is allowed and what to do next.</summary>
public sealed class DataException : Exception
{
    /// <summary>Makes the error.</summary>
    public DataException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
