namespace AeVae.Tracking.Merging;

/// <summary>What a results file took from another.</summary>
/// <param name="Added">Runs that it had not, by id.</param>
/// <param name="Updated">Runs of which the other file knew more: they had gone on, or ended.</param>
/// <param name="Unchanged">Number of runs of which it knew all.</param>
/// <param name="Sweeps">Sweeps that it had not, by id.</param>
public sealed record MergeResult(IReadOnlyList<string> Added, IReadOnlyList<string> Updated, int Unchanged, IReadOnlyList<string> Sweeps);

/// <summary>Two results files tell different things of the same run or sweep: one of them was edited or damaged, and nothing was merged.</summary>
public sealed class MergeConflictException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public MergeConflictException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which run, and in what the files differ.</param>
    public MergeConflictException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which run, and in what the files differ.</param>
    /// <param name="innerException">The cause.</param>
    public MergeConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
