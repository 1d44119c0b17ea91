namespace AeVae.Runner.Invocation;

/// <summary>Ends the command with a message for people and without a stack trace.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">Where, what was found, what is allowed, what to do next.</param>
sealed class CommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>What the program returns.</summary>
    public int ExitCode { get; } = exitCode;
}
