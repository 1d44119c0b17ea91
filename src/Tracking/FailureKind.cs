namespace AeVae.Tracking;

/// <summary>Why a run failed, for programs: whether it is worth another try.</summary>
public enum FailureKind
{
    /// <summary>A number is NaN or infinite: the same run would fail at the same step.</summary>
    NotFinite,

    /// <summary>The machine lacked what it takes: the disk refused a file, or memory ran out.</summary>
    Disk,

    /// <summary>By a fault of the program.</summary>
    Bug,
}
