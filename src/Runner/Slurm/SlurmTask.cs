namespace AeVae.Runner.Slurm;

/// <summary>One task of a job array, as Slurm tells of it.</summary>
/// <param name="Job">Id of the array.</param>
/// <param name="Index">Its index in the array.</param>
/// <param name="State">In Slurm's words: PENDING, RUNNING, COMPLETED …</param>
/// <param name="Reason">Why it waits or ended so; null where Slurm gives none.</param>
/// <param name="Node">Where it runs or ran; null before.</param>
sealed record SlurmTask(string Job, int Index, string State, string? Reason, string? Node)
{
    static readonly string[] EndStates = ["BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED", "TIMEOUT"];

    /// <summary>It runs, or will.</summary>
    public bool IsActive => !EndStates.Contains(State);
}
