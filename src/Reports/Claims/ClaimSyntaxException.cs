namespace AeVae.Reports.Claims;

/// <summary>A claim's check cannot be read.</summary>
/// <param name="column">Where in the text, from 1.</param>
/// <param name="message">What was found and what is allowed there, as a sentence.</param>
public sealed class ClaimSyntaxException(int column, string message) : FormatException(message)
{
    /// <summary>Where in the text, from 1.</summary>
    public int Column { get; } = column;
}
