namespace AeVae.Acceptance.Kills;

/// <summary>What a process was doing when it was killed, told from what it left behind.</summary>
internal enum Phase
{
    /// <summary>Starting: the run is not in the database, or is not yet this process's.</summary>
    Starting,

    /// <summary>A step of an epoch, or its evaluation; the checkpoint of the epoch before is written.</summary>
    Training,

    /// <summary>An epoch is in the database and its checkpoint is not begun.</summary>
    EpochStored,

    /// <summary>A checkpoint is half-written.</summary>
    WritingCheckpoint,

    /// <summary>A transaction is half-written.</summary>
    WritingTransaction,

    /// <summary>All epochs and the last checkpoint are there, but no test metrics.</summary>
    FinalEvaluation,

    /// <summary>Test metrics are there, but the run is not completed.</summary>
    StoringArtifacts,

    /// <summary>The run is completed and its report is not there.</summary>
    WritingReport,

    /// <summary>All is there.</summary>
    Ending,
}
