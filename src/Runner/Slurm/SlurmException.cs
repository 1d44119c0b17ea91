namespace AeVae.Runner.Slurm;

/// <summary>Slurm is not there, does not answer or refuses.</summary>
/// <param name="exitCode">One of <see cref="Invocation.ExitCodes"/>.</param>
/// <param name="message">What it said, for people.</param>
sealed class SlurmException(int exitCode, string message) : Exception(message)
{
    /// <summary>What the program returns.</summary>
    public int ExitCode { get; } = exitCode;
}
